using System.Text.Json;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AspNetCoreServer;

/// <summary>Streamable HTTP without sessions: each message has a server of its own, and nothing of one caller reaches another.</summary>
internal static class McpEndpoint
{
    private const string Unreadable = """{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"this is no JSON-RPC message"}}""";

    public static async Task<IResult> HandleAsync(HttpContext context, IOptions<McpServerOptions> options, ILoggerFactory loggers)
    {
        if (await ReadAsync(context) is not { } message)
        {
            return Results.Text(Unreadable, "application/json", statusCode: StatusCodes.Status400BadRequest);
        }

        // Whom the host authenticated; what the message says of its sender is no identity.
        message.Context = new JsonRpcMessageContext { User = context.User };
        await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
        await using McpServer server = McpServer.Create(transport, options.Value, loggers, context.RequestServices);
        Task running = server.RunAsync(context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        bool answered = await transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted);
        await transport.DisposeAsync();
        await running;
        if (answered)
        {
            return Results.Empty;
        }

        context.Response.ContentType = null;
        return Results.Accepted();
    }

    private static async Task<JsonRpcMessage?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonRpcMessage>(context.Request.Body, McpJsonUtilities.DefaultOptions, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
