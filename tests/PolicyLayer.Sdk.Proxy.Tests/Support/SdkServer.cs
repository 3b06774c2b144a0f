#pragma warning disable MCP9006 // sessions and kept events: what clients of the older revisions are served with
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>A server of the official SDK over HTTP: with sessions and kept events for clients that begin with a handshake, without for those of the newest revision.</summary>
internal static class SdkServer
{
    private static McpServerTool[] Tools =>
    [
        McpServerTool.Create(([McpHeader("Text")] string text) => text, new() { Name = "echo" }),
        McpServerTool.Create((string city) => new { City = city, Degrees = 1.5 }, new() { Name = "weather", UseStructuredContent = true }),
        McpServerTool.Create((int size) => new string('x', size), new() { Name = "large" }),
        McpServerTool.Create(() => ImageContentBlock.FromBytes(new byte[] { 1, 2, 255 }, "image/png"), new() { Name = "image" }),
        McpServerTool.Create(new Func<string>(() => throw new InvalidOperationException("inner")), new() { Name = "fail" }),
        McpServerTool.Create(new Func<string>(() => throw new McpProtocolException("outer", McpErrorCode.InvalidRequest)), new() { Name = "refuse" }),
        McpServerTool.Create(async (IProgress<ProgressNotificationValue> progress, CancellationToken token) => await CountAsync(progress), new() { Name = "count" }),
        McpServerTool.Create(async (McpServer server, CancellationToken token) => (await server.ElicitAsync(new ElicitRequestParams { Message = "Who?" }, token)).Action, new() { Name = "ask" }),
        McpServerTool.Create(PollAsync, new() { Name = "poll" }),
        McpServerTool.Create(GrowAsync, new() { Name = "grow" }),
    ];

    public static async Task<WebApplication> StartAsync()
    {
        WebApplication app = Web.Create(static services =>
        {
            services.AddLogging().AddDistributedMemoryCache();
            services.AddMcpServer()
                .WithHttpTransport(static options => options.SessionMode = HttpServerSessionMode.StatefulForInitializeClients)
                .WithDistributedCacheEventStreamStore()
                .WithTools(Tools)
                .WithPrompts([McpServerPrompt.Create((string who) => $"Greet {who}", new() { Name = "greet" })])
                .WithResources([McpServerResource.Create((string id) => $"item {id}", new() { Name = "item", UriTemplate = "test://item/{id}" })])
                .WithCompleteHandler(static (request, _) => new(new CompleteResult { Completion = new() { Values = [request.Params.Argument.Value + "1"] } }));
        });
        app.MapMcp("/mcp");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static Task<string> CountAsync(IProgress<ProgressNotificationValue> progress)
    {
        for (int i = 1; i <= 3; i++)
        {
            progress.Report(new() { Progress = i, Total = 3, Message = $"step {i}" });
        }

        return Task.FromResult("counted");
    }

    /// <summary>Ends the stream that the call came on: the client has to come for the answer.</summary>
    private static async Task<string> PollAsync(RequestContext<CallToolRequestParams> request, CancellationToken token)
    {
        await request.EnablePollingAsync(TimeSpan.FromMilliseconds(1), token);
        return "polled";
    }

    /// <summary>Adds a tool to the session's.</summary>
    private static Task<string> GrowAsync(McpServer server)
    {
        server.ServerOptions.ToolCollection!.Add(McpServerTool.Create(static () => "new", new() { Name = "fresh" }));
        return Task.FromResult("grown");
    }
}
