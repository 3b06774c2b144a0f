using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

public sealed class HiddenToolTests
{
    private const string Hidden = "delete_agent";
    private const string Unknown = "delete_nothing";
    private const string DefaultAllow = """{ "version": "1", "default": "allow", "hide": ["delete_agent"] }""";
    private const string DefaultDeny = """{ "version": "1", "default": "deny", "hide": ["delete_agent"], "tools": { "echo": {} } }""";

    private readonly TestTools _tools = new();

    [Theory]
    [InlineData(DefaultAllow, null)]
    [InlineData(DefaultAllow, "2025-06-18")]
    [InlineData(DefaultDeny, null)]
    public async Task Hidden_tool_is_in_no_listing(string policy, string? protocol)
    {
        await using TestServer server = await TestServer.StartAsync(policy, Collection, protocol: protocol);
        Assert.Equal(["echo"], await server.Client.ListAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-06-18")]
    public async Task Under_default_allow_a_hidden_tool_answers_as_an_unknown_one(string? protocol)
    {
        await using TestServer server = await TestServer.StartAsync(DefaultAllow, Collection, protocol: protocol);
        McpProtocolException hidden = await Assert.ThrowsAsync<McpProtocolException>(() => server.Client.CallAsync(Hidden, ("text", "x")));
        McpProtocolException unknown = await Assert.ThrowsAsync<McpProtocolException>(() => server.Client.CallAsync(Unknown, ("text", "x")));

        Assert.Equal(unknown.ErrorCode, hidden.ErrorCode);
        Assert.Equal(unknown.Message.Replace(Unknown, Hidden, StringComparison.Ordinal), hidden.Message);
        Assert.Equal(unknown.Data.Count, hidden.Data.Count);
        Assert.Empty(_tools.Ran);
        Assert.Equal([$"{Hidden} hidden", $"{Unknown} allowed"], server.Audit.Decisions);
    }

    [Fact]
    public async Task Under_default_deny_a_hidden_tool_answers_as_an_unknown_one()
    {
        await using TestServer server = await TestServer.StartAsync(DefaultDeny, Collection);
        CallToolResult hidden = await server.Client.CallAsync(Hidden, ("text", "x"));
        CallToolResult unknown = await server.Client.CallAsync(Unknown, ("text", "x"));

        Assert.Equal("default_deny", hidden.Reason());
        Assert.Equal(Json(unknown).Replace(Unknown, Hidden, StringComparison.Ordinal), Json(hidden));
        Assert.Empty(_tools.Ran);
        Assert.Equal([$"{Hidden} hidden", $"{Unknown} default_deny"], server.Audit.Decisions);
    }

    [Theory]
    [InlineData("a glob that allows", """{ "version": "1", "default": "deny", "hide": ["delete_agent"], "tools": { "delete_*": {} } }""")]
    [InlineData("a rule of all tools", """{ "version": "1", "default": "allow", "hide": ["delete_agent"], "all_tools": { "require": [{ "conditions": [{ "path": "args.text", "op": "eq", "value": "y" }] }] } }""")]
    [InlineData("a spent limit", """{ "version": "1", "default": "allow", "hide": ["delete_agent"], "all_tools": { "limits": [{ "counter": "calls", "window": "hour", "max": 1, "scope": "grant" }] } }""")]
    [InlineData("a schema of its own", """{ "version": "1", "default": "allow", "hide": ["delete_agent"], "tools": { "delete_agent": { "arguments": { "maxProperties": 0 } } } }""")]
    public async Task Whatever_else_decides_a_hidden_tool_answers_as_an_unknown_one(string what, string policy)
    {
        await using TestServer server = await TestServer.StartAsync(policy, Collection);
        await Record.ExceptionAsync(() => server.Client.CallAsync("echo", ("text", "y")));
        string hidden = await AnswerAsync(server, Hidden), unknown = await AnswerAsync(server, Unknown);
        Assert.True(unknown.Replace(Unknown, Hidden, StringComparison.Ordinal) == hidden, $"{what}: {unknown} / {hidden}");
    }

    [Fact]
    public async Task Custom_handler_never_sees_a_hidden_tool_and_the_caller_gets_the_SDKs_own_error()
    {
        await using TestServer plain = await TestServer.StartAsync(DefaultAllow, Collection);
        await using TestServer custom = await TestServer.StartAsync(DefaultAllow, server => server
            .WithCallToolHandler((context, _) =>
            {
                _tools.Ran.Enqueue(context.Params.Name);
                return new ValueTask<CallToolResult>(new CallToolResult());
            })
            .WithToolPolicies());

        McpProtocolException hidden = await Assert.ThrowsAsync<McpProtocolException>(() => custom.Client.CallAsync(Hidden));
        McpProtocolException unknown = await Assert.ThrowsAsync<McpProtocolException>(() => plain.Client.CallAsync(Unknown));
        Assert.Equal(unknown.ErrorCode, hidden.ErrorCode);
        Assert.Equal(unknown.Message.Replace(Unknown, Hidden, StringComparison.Ordinal), hidden.Message);
        Assert.Empty(_tools.Ran);
    }

    // Whether such a handler knows a tool, nobody can tell but itself: a limit that is spent refuses what it does not know, too.
    [Fact]
    public async Task Custom_handlers_hidden_tool_answers_as_an_unknown_one_where_a_limit_is_spent()
    {
        const string policy = """
            { "version": "1", "default": "allow", "hide": ["delete_agent"],
              "all_tools": { "limits": [{ "counter": "calls", "window": "hour", "max": 1, "scope": "grant" }] } }
            """;
        await using TestServer server = await TestServer.StartAsync(policy, static server => server
            .WithCallToolHandler(static (_, _) => new ValueTask<CallToolResult>(new CallToolResult()))
            .WithToolPolicies());
        await server.Client.CallAsync("echo", ("text", "y"));
        string hidden = await AnswerAsync(server, Hidden), unknown = await AnswerAsync(server, Unknown);
        Assert.Contains("limit_exceeded", hidden, StringComparison.Ordinal);
        Assert.Equal(Timeless(unknown).Replace(Unknown, Hidden, StringComparison.Ordinal), Timeless(hidden));

        // The later call has to wait for less.
        static string Timeless(string answer) => string.Concat(answer.Where(static c => !char.IsAsciiDigit(c)));
    }

    [Fact]
    public async Task Unknown_tool_uses_nothing_up_just_as_a_hidden_one()
    {
        const string policy = """
            { "version": "1", "default": "allow", "hide": ["delete_agent"],
              "all_tools": { "limits": [{ "counter": "calls", "window": "hour", "max": 1, "scope": "grant" }] } }
            """;
        await using TestServer server = await TestServer.StartAsync(policy, Collection);
        await Assert.ThrowsAsync<McpProtocolException>(() => server.Client.CallAsync(Unknown));
        await Assert.ThrowsAsync<McpProtocolException>(() => server.Client.CallAsync(Hidden));

        Assert.Equal([ToolOutcome.NotRun], server.Audit.Outcomes);
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
    }

    private void Collection(IMcpServerBuilder server) => server.WithTools(_tools.All("echo", Hidden)).WithToolPolicies();

    private static async Task<string> AnswerAsync(TestServer server, string tool)
    {
        try
        {
            return Json(await server.Client.CallAsync(tool, ("text", "x")));
        }
        catch (McpProtocolException e)
        {
            return $"{e.ErrorCode} {e.Message}";
        }
    }

    private static string Json(CallToolResult result) => System.Text.Json.JsonSerializer.Serialize(result, McpJsonUtilities.DefaultOptions);
}
