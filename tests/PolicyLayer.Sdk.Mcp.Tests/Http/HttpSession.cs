using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Http;

/// <summary>A server over streamable HTTP: for many requests under a name, or for one.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly StreamableHttpServerTransport _transport;
    private readonly McpServer _server;
    private readonly Task _running;

    public HttpSession(string? name, McpServerOptions options, IServiceProvider services)
    {
        // A session outlives the request that begins it: each call must run in the context of its own.
        _transport = new StreamableHttpServerTransport { SessionId = name, Stateless = name is null, FlowExecutionContextFromRequests = true };
        _server = McpServer.Create(_transport, options, null, services);
        using (ExecutionContext.SuppressFlow())
        {
            _running = Task.Run(() => _server.RunAsync());
        }
    }

    public async Task HandleAsync(HttpContext context, JsonRpcMessage message)
    {
        context.Response.ContentType = "text/event-stream";
        if (!await _transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted))
        {
            context.Response.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        await _running;
        await _server.DisposeAsync();
    }
}
