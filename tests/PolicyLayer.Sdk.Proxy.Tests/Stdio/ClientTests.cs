using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Proxy.Tests.Support;

namespace PolicyLayer.Sdk.Proxy.Tests.Stdio;

/// <summary>A real client in front of <c>policylayer proxy</c>, and real servers behind it.</summary>
public sealed class ClientTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-proxy-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Server_in_another_language_is_guarded()
    {
        Programs.NeedPython();
        await using McpClient client = await ConnectAsync(
            """{ "version": "1", "default": "allow", "hide": ["secret"], "tools": { "echo": { "deny_if": [{ "name": "no", "conditions": [{ "path": "args.text", "op": "eq", "value": "no" }] }] } } }""",
            "2025-06-18",
            "python3",
            Programs.Peer);
        Assert.Equal(["big", "die", "echo", "elicit"], (await client.ListToolsAsync(cancellationToken: Token)).Select(static tool => tool.Name).Order());
        Assert.Equal("hello", Text(await CallAsync(client, "echo", "text", "hello")));
        Assert.Equal("deny_if", Reason(await CallAsync(client, "echo", "text", "no")));
        Assert.Equal("invalid_arguments", Reason(await CallAsync(client, "echo", "text", 7)));
        Assert.Equal("answered", Text(await CallAsync(client, "elicit", "x")));
        Assert.Equal(3_000_000, Text(await CallAsync(client, "big", "size", 3_000_000)).Length);
        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client, "secret", "x"));
        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client, "die", "x"));
    }

    [Fact]
    public async Task Server_on_the_newest_protocol_is_guarded_and_its_answers_stay_what_they_were()
    {
        await using McpClient direct = await McpClient.CreateAsync(Transport("dotnet", [Programs.SampleServer, "--audit", Path.Combine(_folder.FullName, "direct.jsonl")]), new McpClientOptions { DiscoverProbeTimeout = Timeout.InfiniteTimeSpan }, cancellationToken: Token);
        await using McpClient proxied = await ConnectAsync(
            """{ "version": "1", "default": "allow", "hide": ["get_*"] }""", null, "dotnet", Programs.SampleServer, "--audit", Path.Combine(_folder.FullName, "proxied.jsonl"));
        Assert.Equal(direct.NegotiatedProtocolVersion, proxied.NegotiatedProtocolVersion);
        Assert.Equal(["echo", "get_time"], (await direct.ListToolsAsync(cancellationToken: Token)).Select(static tool => tool.Name).Order());
        Assert.Equal(["echo"], (await proxied.ListToolsAsync(cancellationToken: Token)).Select(static tool => tool.Name));
        Assert.Equal("hi", Text(await CallAsync(proxied, "echo", "text", "hi")));

        // The sample has a policy of its own, and answers as it does for every tool that it does not have.
        Assert.Equal(Text(await CallAsync(direct, "get_tine", "x")).Replace("get_tine", "get_time", StringComparison.Ordinal), Text(await CallAsync(proxied, "get_time", "x")));
    }

    [Fact]
    public async Task Many_calls_at_once_each_get_their_own_answer()
    {
        Programs.NeedPython();
        await using McpClient client = await ConnectAsync("""{ "version": "1", "default": "allow" }""", "2025-11-25", "python3", Programs.Peer);
        string[] texts = [.. Enumerable.Range(0, 200).Select(static i => $"text {i}")];
        CallToolResult[] results = await Task.WhenAll(texts.Select(text => CallAsync(client, "echo", "text", text)));
        Assert.Equal(texts, results.Select(Text));
    }

    private static async Task<CallToolResult> CallAsync(McpClient client, string tool, string name, object? value = null) =>
        await client.CallToolAsync(tool, value is null ? [] : new Dictionary<string, object?> { [name] = value }, cancellationToken: Token);

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    private static string Reason(CallToolResult result) => Assert.IsType<JsonObject>(result.Meta?["policylayer/decision"])["reason"]!.GetValue<string>();

    private static StdioClientTransport Transport(string command, string[] arguments) => new(new StdioClientTransportOptions { Command = command, Arguments = arguments });

    private async Task<McpClient> ConnectAsync(string policy, string? protocol, params string[] server)
    {
        string file = Path.Combine(_folder.FullName, "policy.json");
        await File.WriteAllTextAsync(file, policy, Token);
        return await McpClient.CreateAsync(
            Transport("dotnet", [Programs.Tool, "proxy", "--policy", file, "--", .. server]),
            new McpClientOptions
            {
                ProtocolVersion = protocol,
                DiscoverProbeTimeout = Timeout.InfiniteTimeSpan, // a machine that is busy starts processes slowly
                Handlers = new McpClientHandlers
                {
                    ElicitationHandler = static (_, _) => ValueTask.FromResult(new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["word"] = JsonElement.Parse("\"answered\"") } }),
                },
            },
            cancellationToken: Token);
    }
}
