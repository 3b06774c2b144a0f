using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Proxy.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Proxy.Tests.Http;

/// <summary>The official SDK on both sides, as hosts run it: what its client gets through the proxy is what it gets without.</summary>
public sealed class SdkPeerTests
{
    private const string Allow = """{ "version": "1", "default": "allow" }""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Client_gets_through_the_proxy_what_it_gets_without(string revision)
    {
        await using WebApplication server = await SdkServer.StartAsync();
        await using HttpProxyUnderTest proxy = await StartAsync(server, Allow);
        string[] direct = await RecordAsync(new Uri(Web.AddressOf(server), "/mcp"), revision);
        Assert.Equal(direct, await RecordAsync(proxy.Endpoint, revision));
        Assert.All(proxy.Audit.Decisions, static decision => Assert.EndsWith(" allowed", decision, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Denied_and_hidden_tools_change_nothing_for_the_others()
    {
        await using WebApplication server = await SdkServer.StartAsync();
        await using HttpProxyUnderTest proxy = await StartAsync(server, """{ "version": "1", "default": "allow", "hide": ["image"], "tools": { "fail": { "action": "deny" } } }""");
        string[] direct = await RecordAsync(new Uri(Web.AddressOf(server), "/mcp"), "2025-11-25");
        string[] proxied = await RecordAsync(proxy.Endpoint, "2025-11-25");
        Assert.Equal(["call fail", "call image", "tools"], direct.Except(proxied).Select(static step => step[..step.IndexOf(':', StringComparison.Ordinal)]).Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task Answer_that_the_client_comes_for_settles_the_call()
    {
        await using WebApplication server = await SdkServer.StartAsync();
        await using HttpProxyUnderTest proxy = await StartAsync(server, Allow);
        await using McpClient client = await ConnectAsync(proxy.Endpoint, "2025-11-25");
        CallToolResult result = await client.CallToolAsync("poll", cancellationToken: Token);
        Assert.Equal("polled", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
        Assert.Equal([ToolOutcome.Ok], proxy.Audit.Outcomes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_is_told_of_a_tool_that_the_server_has_got()
    {
        await using WebApplication server = await SdkServer.StartAsync();
        await using HttpProxyUnderTest proxy = await StartAsync(server, Allow);
        await using McpClient client = await ConnectAsync(proxy.Endpoint, "2025-11-25");
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using IAsyncDisposable registration = client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            told.TrySetResult();
            return default;
        });
        await client.CallToolAsync("grow", cancellationToken: Token);
        await told.Task.WaitAsync(Token);
        Assert.Contains("fresh", (await client.ListToolsAsync(cancellationToken: Token)).Select(static tool => tool.Name));
    }

    [Fact(Timeout = 60_000)]
    public async Task Method_that_the_server_does_not_have_is_told_in_its_words()
    {
        await using WebApplication server = await SdkServer.StartAsync();
        await using HttpProxyUnderTest proxy = await StartAsync(server, Allow);
        await using McpClient client = await ConnectAsync(proxy.Endpoint, "2026-07-28");
        Exception e = await Assert.ThrowsAnyAsync<Exception>(() => client.SendRequestAsync(new JsonRpcRequest { Method = "no/method" }, Token));
        Assert.Contains("is not available", e.Message, StringComparison.Ordinal);
    }

    private static Task<HttpProxyUnderTest> StartAsync(WebApplication server, string policy) =>
        HttpProxyUnderTest.StartAsync(policy, options => options.Upstreams["up"] = new ToolPolicyUpstream(new Uri(Web.AddressOf(server), "/mcp")));

    private static Task<McpClient> ConnectAsync(Uri endpoint, string revision) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions { Endpoint = endpoint, TransportMode = HttpTransportMode.StreamableHttp }),
        new McpClientOptions
        {
            ProtocolVersion = revision,
            DiscoverProbeTimeout = Timeout.InfiniteTimeSpan,
            Handlers = new McpClientHandlers { ElicitationHandler = static (_, _) => ValueTask.FromResult(new ElicitResult { Action = "decline" }) },
        },
        cancellationToken: Token);

    /// <summary>What a client gets, step by step.</summary>
    private static async Task<string[]> RecordAsync(Uri endpoint, string revision)
    {
        await using McpClient client = await ConnectAsync(endpoint, revision);
        var steps = new List<string> { $"connect: {client.NegotiatedProtocolVersion} {Json(client.ServerCapabilities)} {client.SessionId is null}" };
        steps.Add("tools: " + Json((await client.ListToolsAsync(cancellationToken: Token)).Select(static tool => tool.ProtocolTool).OrderBy(static tool => tool.Name, StringComparer.Ordinal)));
        foreach ((string tool, JsonObject arguments) in Calls())
        {
            steps.Add($"call {tool}: " + await SayAsync(client, "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments, ["_meta"] = new JsonObject { ["progressToken"] = "p" } }));
        }

        steps.Add("prompt: " + await SayAsync(client, "prompts/get", new JsonObject { ["name"] = "greet", ["arguments"] = new JsonObject { ["who"] = "Zoë" } }));
        steps.Add("resource: " + await SayAsync(client, "resources/read", new JsonObject { ["uri"] = "test://item/7" }));
        steps.Add("no resource: " + await SayAsync(client, "resources/read", new JsonObject { ["uri"] = "test://nothing" }));
        steps.Add("complete: " + await SayAsync(client, "completion/complete", JsonNode.Parse("""{ "ref": { "type": "ref/prompt", "name": "greet" }, "argument": { "name": "who", "value": "Z" } }""")!.AsObject()));
        return [.. steps];
    }

    private static (string Tool, JsonObject Arguments)[] Calls() =>
    [
        ("echo", new() { ["text"] = "héllo \u2028 \ud83d\ude00 \\ \"" }), ("weather", new() { ["city"] = "Zürich" }), ("large", new() { ["size"] = 5_000_000 }),
        ("image", []), ("fail", []), ("refuse", []), ("count", []), ("ask", []), ("nothing", []),
    ];

    private static async Task<string> SayAsync(McpClient client, string method, JsonObject parameters)
    {
        try
        {
            return (await client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters }, Token)).Result!.ToJsonString();
        }
        catch (McpException e)
        {
            return e.Message;
        }
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, McpJsonUtilities.DefaultOptions);
}
