using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>The official SDK on both sides, on the newest revision: no sessions, and headers that repeat the body.</summary>
public sealed class NewestRevisionTests
{
    private static readonly JsonSerializerOptions Json = McpJsonUtilities.DefaultOptions;

    private readonly McpServerOptions _options = new()
    {
        ToolCollection =
        [
            McpServerTool.Create(([McpHeader("Text")] string text) => text, new() { Name = "echo" }),
            McpServerTool.Create(() => "no", new() { Name = "secret" }),
        ],
    };

    [Fact]
    public async Task Client_and_server_of_the_sdk_meet_through_the_proxy()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync(
            """{ "version": "1", "default": "allow", "hide": ["secret"], "tools": { "echo": { "deny_if": [{ "name": "no", "conditions": [{ "path": "args.text", "op": "eq", "value": "no" }] }] } } }""");
        proxy.Server.Answer = AnswerAsync;
        await using McpClient client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = proxy.Endpoint, TransportMode = HttpTransportMode.StreamableHttp }),
            new McpClientOptions { DiscoverProbeTimeout = Timeout.InfiniteTimeSpan },
            cancellationToken: token);
        Assert.Equal("2026-07-28", client.NegotiatedProtocolVersion);
        Assert.Equal(["echo"], (await client.ListToolsAsync(cancellationToken: token)).Select(static tool => tool.Name));
        CallToolResult result = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "hello" }, cancellationToken: token);
        Assert.Equal("hello", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        Assert.Equal("hello", proxy.Server.Received.Last().Headers["Mcp-Param-Text"]);
        result = await client.CallToolAsync("echo", new Dictionary<string, object?> { ["text"] = "no" }, cancellationToken: token);
        Assert.Equal("deny_if", result.Meta?["policylayer/decision"]?["reason"]?.GetValue<string>());
        Assert.Equal("tools/call", proxy.Server.Received.Last().Headers["Mcp-Method"]);
        Assert.Equal(["echo allowed", "echo deny_if"], proxy.Audit.Decisions);
        Assert.Equal([ToolOutcome.Ok], proxy.Audit.Outcomes);
    }

    [Fact]
    public async Task Client_that_goes_away_has_cancelled_its_call()
    {
        await using HttpProxyUnderTest proxy = await HttpProxyUnderTest.StartAsync("""{ "version": "1", "default": "allow" }""");
        var gone = new TaskCompletionSource();
        proxy.Server.Answer = async (context, _) =>
        {
            await UpstreamServer.WriteEventsAsync(context, ": working\n\n");
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => gone.SetResult(), TaskScheduler.Default);
            return true;
        };
        using (HttpResponseMessage response = await proxy.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}"""))
        {
            Assert.True(response.IsSuccessStatusCode);
        }

        await gone.Task.WaitAsync(TestContext.Current.CancellationToken);
        await proxy.StopAsync();
        Assert.Equal([ToolOutcome.Cancelled], proxy.Audit.Outcomes);
    }

    /// <summary>A server for this request alone, as the revision has it.</summary>
    private async Task<bool> AnswerAsync(HttpContext context, string body)
    {
        JsonRpcMessage message = JsonSerializer.Deserialize<JsonRpcMessage>(body, Json)!;
        await using var transport = new StreamableHttpServerTransport { Stateless = true };
        await using McpServer server = McpServer.Create(transport, _options);
        Task running = server.RunAsync(context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        if (!await transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted))
        {
            context.Response.StatusCode = 202;
        }

        await transport.DisposeAsync();
        await running;
        return true;
    }
}
