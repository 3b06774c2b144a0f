using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.ClientSide;

/// <summary>A client that guards itself, and a real server that guards nothing.</summary>
public sealed class ClientCallTests
{
    private const string Policy = """
        { "version": "1", "default": "deny", "hide": ["secret"], "tools": {
            "echo": { "deny_if": [{ "name": "bad", "conditions": [{ "path": "args.text", "op": "contains", "value": "bad" }] }] },
            "once": { "limits": [{ "counter": "once", "window": "minute", "max": 1, "scope": "grant" }] },
            "pay": { "action": "require_approval" },
            "fails": {} } }
        """;

    private static readonly string[] Echoes = ["echo", "once", "pay", "secret", "other"];

    private readonly List<string> _ran = [];

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Calls_are_judged_before_they_leave(string protocol)
    {
        await using GuardedClient connection = await StartAsync(protocol: protocol);
        McpClient client = connection.Client;
        Assert.Equal("good", (await client.CallAsync("echo", ("text", "good"))).Text());
        Assert.Equal("deny_if", (await client.CallAsync("echo", ("text", "bad"))).Reason());
        Assert.Equal("default_deny", (await client.CallAsync("other", ("text", "x"))).Reason());
        Assert.Equal("default_deny", (await client.CallAsync("secret", ("text", "x"))).Reason());
        Assert.Equal("approval_required", (await client.CallAsync("pay", ("text", "x"))).Reason());
        Assert.Equal(["echo good"], _ran);
        Assert.Equal(["echo allowed", "echo deny_if", "other default_deny", "secret hidden", "pay approval_required"], connection.Audit.Decisions);
        Assert.Equal([ToolOutcome.Ok], connection.Audit.Outcomes);
    }

    [Fact]
    public async Task Denial_is_what_a_guarded_server_answers()
    {
        await using GuardedClient connection = await StartAsync();
        await connection.Client.CallAsync("once", ("text", "1"));
        CallToolResult denial = await connection.Client.CallAsync("once", ("text", "2"));
        Assert.True(denial.IsError);
        Assert.Equal("limit_exceeded", denial.Decision()["reason"]!.GetValue<string>());
        Assert.Equal(denial.Decision()["message"]!.GetValue<string>(), denial.Text());
        Assert.Equal(["once 1"], _ran);
    }

    [Fact]
    public async Task Hidden_tools_are_not_listed_and_what_else_the_server_says_is_kept()
    {
        await using GuardedClient connection = await StartAsync();
        ListToolsResult first = await connection.Client.ListToolsAsync(new ListToolsRequestParams(), TestContext.Current.CancellationToken);
        Assert.Equal(["echo", "fails"], first.Tools.Select(static tool => tool.Name));
        Assert.Equal("page 2", first.NextCursor);
        Assert.Equal("kept", first.Meta!["unknown"]!.GetValue<string>());
        Assert.Equal(["echo", "fails", "once", "other", "pay"], await connection.Client.ListAsync());
    }

    [Theory]
    [InlineData("""{ "text": "x", "more": 1 }""", "invalid_arguments")]
    [InlineData("""{ "TEXT": "bad" }""", "invalid_arguments")]
    [InlineData("""{ }""", "invalid_arguments")]
    [InlineData("""{ "text": "x" }""", "allowed")]
    [InlineData("""{ "text": "good", "text": "bad" }""", "malformed_call")]
    [InlineData("""["x"]""", "malformed_call")]
    [InlineData("\"x\"", "malformed_call")]
    [InlineData("null", "malformed_call")]
    public async Task Listed_schema_is_enforced(string arguments, string reason)
    {
        await using GuardedClient connection = await StartAsync();
        await connection.Client.ListAsync();
        Assert.Equal(reason, (await connection.Client.CallRawAsync("echo", arguments)).Reason());
        Assert.Equal(reason == "allowed" ? 1 : 0, _ran.Count);
    }

    [Theory]
    [InlineData(true, "allowed")]
    [InlineData(false, "deny_if")]
    public async Task Options_loosen_the_schema_and_not_the_policy(bool good, string reason)
    {
        await using GuardedClient connection = await StartAsync(static options => options.StrictToolSchemas = false);
        await connection.Client.ListAsync();
        Assert.Equal(reason, (await connection.Client.CallAsync("echo", ("text", good ? "good" : "bad"), ("more", 1))).Reason());
    }

    [Theory]
    [InlineData("Tools/Call")]
    [InlineData("tools/call ")]
    [InlineData("TOOLS/LIST")]
    [InlineData("tool\u017F/list")]
    public async Task Method_that_only_looks_like_a_call_does_not_leave(string method)
    {
        await using GuardedClient connection = await StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.Client.SendRequestAsync(
            new JsonRpcRequest { Method = method, Params = JsonNode.Parse("""{ "name": "echo", "arguments": { "text": "x" } }""") }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => connection.Client.SendMessageAsync(
            new JsonRpcNotification { Method = "tools/call", Params = JsonNode.Parse("""{ "name": "echo", "arguments": { "text": "x" } }""") }, TestContext.Current.CancellationToken));
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Call_that_the_server_fails_is_an_error()
    {
        await using GuardedClient connection = await StartAsync();
        Assert.Equal("tool error", (await connection.Client.CallAsync("fails")).Reason());
        Assert.Equal([ToolOutcome.Error], connection.Audit.Outcomes);
    }

    [Fact]
    public async Task Grant_is_the_resolvers()
    {
        await using GuardedClient connection = await StartAsync(resolver: GrantResolvers.Fixed(new Grant("alice")));
        await connection.Client.CallAsync("echo", ("text", "x"));
        Assert.Equal("alice", connection.Audit.Entries.First().Grant);
    }

    private Task<GuardedClient> StartAsync(Action<ToolPolicyMcpOptions>? configure = null, IGrantResolver? resolver = null, string? protocol = null)
    {
        McpServerTool[] tools = [.. Echoes.Select(Echo), McpServerTool.Create(string () => throw new McpException("broken"), new McpServerToolCreateOptions { Name = "fails" })];
        var options = new McpServerOptions { ToolCollection = [.. tools] };
        options.Filters.Request.ListToolsFilters.Add(_ => (context, _) => new ValueTask<ListToolsResult>(context.Params?.Cursor is null
            ? new ListToolsResult { Tools = [.. Shown("echo", "secret", "fails")], NextCursor = "page 2", Meta = new JsonObject { ["unknown"] = "kept" } }
            : new ListToolsResult { Tools = [.. Shown("once", "pay", "other")] }));
        return GuardedClient.StartAsync(Policy, options, configure, resolver, protocol);

        IEnumerable<Tool> Shown(params string[] names) => tools.Select(static tool => tool.ProtocolTool).Where(tool => names.Contains(tool.Name));
    }

    private McpServerTool Echo(string name) => McpServerTool.Create(
        (string text) =>
        {
            lock (_ran)
            {
                _ran.Add($"{name} {text}");
            }

            return text;
        },
        new McpServerToolCreateOptions { Name = name });
}
