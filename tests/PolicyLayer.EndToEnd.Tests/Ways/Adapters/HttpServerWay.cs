using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.EndToEnd.Tests.Ways.Adapters;

/// <summary>A guarded MCP server in an ASP.NET Core host, with a server for each request.</summary>
internal sealed class HttpServerWay : IWay
{
    private readonly Trail _trail;
    private readonly WebApplication _app;
    private HttpClientSide? _client;

    private HttpServerWay(Trail trail, WebApplication app)
    {
        _trail = trail;
        _app = app;
        app.MapPost("/mcp", (Delegate)PostAsync);
    }

    public static async Task<IWay> OpenAsync(WayCase of)
    {
        var trail = new Trail();
        WebApplication app = Web.Create(services =>
        {
            Guards.Add(services, of, trail);
            services.AddLogging().AddMcpServer().WithTools(RecordingTool.All(of, trail)).WithToolPolicies();
        });
        var way = new HttpServerWay(trail, app);
        await app.StartAsync();
        way._client = new HttpClientSide(new Uri(Web.AddressOf(app), "/mcp"));
        return way;
    }

    public async Task<Answer?> CallAsync(WayCall call)
    {
        string told = await _client!.CallAsync(call);
        return _trail.Take(told);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task PostAsync(HttpContext context)
    {
        JsonRpcMessage? message;
        try
        {
            message = await JsonSerializer.DeserializeAsync<JsonRpcMessage>(context.Request.Body, McpJsonUtilities.DefaultOptions, context.RequestAborted);
        }
        catch (JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        var transport = new StreamableHttpServerTransport { Stateless = true };
        await using McpServer server = McpServer.Create(transport, context.RequestServices.GetRequiredService<IOptions<McpServerOptions>>().Value, null, context.RequestServices);
        Task running = server.RunAsync();
        await transport.HandlePostRequestAsync(message!, context.Response.Body, context.RequestAborted);
        await transport.DisposeAsync();
        await running;
    }
}
