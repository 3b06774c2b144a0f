using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

public sealed class DecisionTests
{
    private const string Policy = """
        { "version": "1", "default": "deny",
          "tools": {
            "echo": {},
            "denied": { "action": "deny", "reason": "People do this." },
            "checked": { "arguments": { "type": "object", "required": ["text"], "properties": { "text": { "type": "string", "maxLength": 5 } } } },
            "required": { "require": [{ "conditions": [{ "path": "args.text", "op": "eq", "value": "yes" }], "on_deny": "Only yes." }] },
            "compared": { "require": [{ "conditions": [{ "path": "args.text", "op": "gt", "value": 5 }] }] },
            "refused": { "deny_if": [{ "conditions": [{ "path": "args.text", "op": "contains", "value": "no" }] }] },
            "limited": { "limits": [{ "counter": "rate", "window": "hour", "max": 3, "scope": "grant" }] } } }
        """;

    private readonly TestTools _tools = new();

    private Task<TestServer> StartAsync(Action<ToolPolicyBuilder>? policies = null) => TestServer.StartAsync(
        Policy,
        server => server.WithTools(_tools.All("echo", "unlisted", "denied", "checked", "required", "compared", "refused", "limited")).WithToolPolicies(),
        policies);

    [Fact]
    public async Task Allowed_call_runs_and_its_answer_is_the_tools_own()
    {
        await using TestServer server = await StartAsync();
        CallToolResult result = await server.Client.CallAsync("echo", ("text", "hello"));

        Assert.Equal("echo(hello)", result.Text());
        Assert.NotEqual(true, result.IsError);
        Assert.Equal(["echo"], _tools.Ran);
        Assert.Equal(["echo allowed"], server.Audit.Decisions);
        Assert.Equal([ToolOutcome.Ok], server.Audit.Outcomes);
    }

    [Theory]
    [InlineData("unlisted", "{}", "default_deny", "The tool `unlisted` is not available here: no rule allows it. Do not try it again.")]
    [InlineData("denied", "{}", "denied", "People do this.")]
    [InlineData("checked", """{ "text": "much too long" }""", "invalid_arguments", null)]
    [InlineData("required", """{ "text": "perhaps" }""", "require_failed", "Only yes.")]
    [InlineData("required", """{ "text": 1 }""", "invalid_arguments", "The arguments are not valid: `text` must be a string, not a number. Correct them and call again.")]
    [InlineData("compared", """{ "text": "7" }""", "unknown_condition", null)]
    [InlineData("refused", """{ "text": "oh no" }""", "deny_if", null)]
    [InlineData("echo", """{ "text": { "a": 1, "a": 2 } }""", "malformed_call", null)]
    public async Task Denied_call_is_a_result_for_the_model_and_a_decision_for_programs(string tool, string arguments, string reason, string? message)
    {
        await using TestServer server = await StartAsync();
        CallToolResult result = await server.Client.CallRawAsync(tool, arguments);

        Assert.True(result.IsError);
        Assert.Equal(reason, result.Reason());
        Assert.Equal("deny", result.Decision()["decision"]!.GetValue<string>());
        Assert.Equal(tool, result.Decision()["tool"]!.GetValue<string>());
        Assert.Equal("default", result.Decision()["grant"]!.GetValue<string>());
        Assert.Equal(result.Text(), result.Decision()["message"]!.GetValue<string>());
        Assert.Equal(message ?? result.Text(), result.Text());
        Assert.Empty(_tools.Ran);
        Assert.Equal([$"{tool} {reason}"], server.Audit.Decisions);
        Assert.Empty(server.Audit.Outcomes);
    }

    [Fact]
    public async Task Limit_of_three_runs_three_and_says_when_to_come_back()
    {
        await using TestServer server = await StartAsync();
        var results = new List<CallToolResult>();
        for (int i = 0; i < 5; i++)
        {
            results.Add(await server.Client.CallAsync("limited"));
        }

        Assert.Equal(["allowed", "allowed", "allowed", "limit_exceeded", "limit_exceeded"], results.Select(Clients.Reason));
        Assert.Equal(3, _tools.Ran.Count);
        Assert.Equal("/tools/limited/limits/rate", results[3].Decision()["rule"]!.GetValue<string>());
        Assert.InRange(results[3].Decision()["retry_after_ms"]!.GetValue<long>(), 1, 3_600_000);
        Assert.Equal("0", results[3].Decision()["limit"]!["remaining"]!.GetValue<string>());
    }

    [Fact]
    public async Task Limit_is_shared_by_clients_that_call_at_the_same_time()
    {
        await using TestServer server = await StartAsync();
        ModelContextProtocol.Client.McpClient[] clients = [server.Client, await server.ConnectAsync()];
        CallToolResult[] results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => clients[i % 2].CallAsync("limited")));

        Assert.Equal(3, results.Count(static result => result.Reason() == "allowed"));
        Assert.Equal(3, _tools.Ran.Count);
    }

    [Fact]
    public async Task Call_that_cannot_be_recorded_does_not_run_where_the_audit_is_required()
    {
        await using TestServer server = await StartAsync(policies =>
        {
            policies.AddAuditSink(new BrokenSink());
            policies.Services.Configure<ToolPolicyOptions>(static options => options.RequireAudit = true);
        });

        Assert.Equal("audit_unavailable", (await server.Client.CallAsync("echo")).Reason());
        Assert.Empty(_tools.Ran);
    }

    [Fact]
    public async Task Refusal_never_repeats_an_argument()
    {
        await using TestServer server = await StartAsync();
        CallToolResult[] results =
        [
            await server.Client.CallAsync("checked", ("text", "hunter2-hunter2")),
            await server.Client.CallAsync("required", ("text", "hunter2")),
            await server.Client.CallRawAsync("echo", """{ "text": "hunter2", "text": "hunter2" }"""),
        ];

        Assert.All(results, static result => Assert.DoesNotContain("hunter2", System.Text.Json.JsonSerializer.Serialize(result, ModelContextProtocol.McpJsonUtilities.DefaultOptions), StringComparison.Ordinal));
        Assert.All(results, static result => Assert.True(result.IsError));
    }

    private sealed class BrokenSink : IAuditSink
    {
        public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken) => throw new IOException("disk full");
    }
}
