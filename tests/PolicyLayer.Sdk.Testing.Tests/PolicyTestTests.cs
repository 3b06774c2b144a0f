using System.Text.Json;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>What a run says of calls, and that it is a run of its own.</summary>
public sealed class PolicyTestTests
{
    private static readonly ToolPolicy Policy = ToolPolicy.Parse("""
        { "version": "1", "default": "deny", "hide": ["secret_*"],
          "tools": {
            "pay": {
              "require_approval": [{ "name": "large", "conditions": [{ "path": "args.amount", "op": "gt", "value": 100 }] }],
              "limits": [{ "counter": "spend", "window": "day", "max": 250, "amount": "args.amount", "refund": "on_error" }, { "counter": "n", "concurrent": 1 }] },
            "admin": { "require": [{ "name": "role", "conditions": [{ "path": "user.claims.role", "op": "eq", "value": "admin" }] }] },
            "night": { "deny_if": [{ "name": "day", "conditions": [{ "path": "time.hour", "op": "gte", "value": 6 }] }] },
            "get": { "deny_if": [{ "name": "writes", "conditions": [{ "path": "tool.annotations.destructiveHint", "op": "eq", "value": true }] }] } } }
        """);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Samples() => [.. Directory.EnumerateFiles(At("policies"), "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_decides_as_its_cases_expect(string name)
    {
        string cases = At("policies", "cases", name + ".jsonl");
        PolicyTestReport report = await PolicyTest.RunAsync(ToolPolicy.Load(At("policies", name + ".json")), cases, Cancel);
        report.ThrowIfFailed();
        Assert.False(report.HasFailed);
        int lines = (await File.ReadAllLinesAsync(cases, Cancel)).Length;
        Assert.Equal($"{lines} of {lines} expectations hold", report.ToString());
        Assert.Equal(Enumerable.Range(1, lines).Select(line => $"{cases}({line})"), report.Results.Select(static result => result.Place));
    }

    [Fact]
    public async Task Call_that_is_decided_otherwise_is_told_on_a_line_of_its_own()
    {
        PolicyTestReport report = await RunAsync("""
            {"tool":"pay","arguments":{"amount":1,"note":"s3cret"},"expect":{"decision":"allow","reason":"limit_exceeded"}}
            {"tool":"pay","arguments":{"amount":1}}
            {"tool":"pay","arguments":{"amount":1,"note":"s3cret"},"expect":{"reason":"allowed"}}
            {"tool":"pay","arguments":{"amount":101,"note":"s3cret"},"expect":{"rule":"/other","message":null}}
            """);
        Assert.True(report.HasFailed);
        Assert.Equal("1 of 3 expectations hold", report.ToString());
        PolicyTestException failure = Assert.Throws<PolicyTestException>(report.ThrowIfFailed);
        Assert.Equal(
            """
            cases(1): pay: expected reason "limit_exceeded", got "allowed"
            cases(4): pay: expected rule "/other", got "/tools/pay/require_approval/large"
            """,
            failure.Message);
        PolicyTestResult first = report.Results[0];
        Assert.Equal(("cases(1)", "pay", "expected reason \"limit_exceeded\", got \"allowed\"", "cases(1): pay"), (first.Place, first.Tool, first.Mismatch, first.ToString()));
        Assert.Equal("""{"decision":"allow","reason":"limit_exceeded"}""", first.Expected.GetRawText());
        Assert.Equal(DecisionReason.Allowed, first.Decision.Reason);
        Assert.Equal("""cases(1): pay: expected reason "limit_exceeded", got "allowed" """.TrimEnd(), Assert.Throws<PolicyTestException>(first.ThrowIfFailed).Message);
        Assert.Equal((JsonValueKind.Undefined, null), (report.Results[1].Expected.ValueKind, report.Results[1].Mismatch));
        report.Results[1].ThrowIfFailed();
    }

    [Fact]
    public async Task Text_of_a_failure_is_one_line_whatever_a_case_holds()
    {
        PolicyTestReport report = await RunAsync("{\"tool\":\"a\\nb\\u202e\",\"expect\":{\"limit\":{\r\"max\":\"\u2028\"}}}\n{\"tool\":\"x\",\"expect\":{\"decision\":\"allow\"}}");
        string[] lines = Assert.Throws<PolicyTestException>(report.ThrowIfFailed).Message.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("cases(1): a\\u000Ab\\u202E: expected limit {", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_approvals_outcomes_and_endings_are_replayed()
    {
        PolicyTestReport report = await RunAsync("""
            {"tool":"pay","arguments":{"amount":100},"ends_at":"2026-01-01T00:00:10Z","expect":{"reason":"allowed"}}
            {"tool":"pay","arguments":{"amount":100},"at":"2026-01-01T00:00:09Z","expect":{"reason":"limit_exceeded","rule":"/tools/pay/limits/n"}}
            {"tool":"pay","arguments":{"amount":150},"at":"2026-01-01T00:00:10Z","approval":"approve","outcome":"error","expect":{"reason":"approved"}}
            {"tool":"pay","arguments":{"amount":150},"approval":"deny","expect":{"reason":"approval_denied"}}
            {"tool":"pay","arguments":{"amount":150},"expect":{"decision":"approval_required","reason":"approval_required"}}
            {"tool":"pay","arguments":{"amount":150},"approval":"approve","expect":{"reason":"approved"}}
            {"tool":"pay","arguments":{"amount":1},"expect":{"limit":{"counter":"spend","max":"250","remaining":"0","window":"day","scope":"grant"}}}
            {"tool":"pay","arguments":{"amount":1},"grant":"other","expect":{"reason":"allowed","grant":"other"}}
            {"tool":"pay","raw_arguments":"{\"amount\":1,\"amount\":2}","expect":{"reason":"malformed_call"}}
            {"tool":"secret_key","expect":{"reason":"hidden"}}
            {"tool":"pay","arguments":{"amount":1},"at":"2026-01-02T02:00:10+02:00","expect":{"reason":"allowed"}}
            """);
        report.ThrowIfFailed();
    }

    [Fact]
    public async Task Every_policy_has_to_allow_and_tools_and_grant_are_the_options()
    {
        ToolCatalog tools = ToolCatalog.Parse("""
            [{ "name": "get", "inputSchema": { "properties": { "id": { "type": "string" } } } }, { "name": "pay", "annotations": { "destructiveHint": true } }]
            """u8, "tools.json");
        ToolPolicy other = ToolPolicy.Parse("""
            { "version": "1", "default": "deny", "tools": { "get": {}, "pay": { "deny_if": [{ "name": "writes", "conditions": [{ "path": "tool.annotations.destructiveHint", "op": "eq", "value": true }] }] } } }
            """, "other");
        PolicyTestReport report = await PolicyTest.RunAsync(
            [Policy, other],
            PolicyTestCases.FromText("""
                {"tool":"get","arguments":{"id":"a"},"expect":{"reason":"allowed","grant":"ci"}}
                {"tool":"get","arguments":{"ID":"a"},"expect":{"reason":"invalid_arguments","rule":"(input schema)"}}
                {"tool":"pay","arguments":{"amount":1},"expect":{"reason":"deny_if","layer":1}}
                {"tool":"night","expect":{"reason":"default_deny","layer":1}}
                """),
            new PolicyTestOptions { Tools = tools, Grant = new Grant("ci") },
            Cancel);
        report.ThrowIfFailed();
    }

    [Fact]
    public async Task Schemas_of_tools_hold_as_far_as_the_options_say()
    {
        PolicyTestReport report = await PolicyTest.RunAsync(
            [ToolPolicy.Parse("""{ "version": "1", "default": "allow" }""")],
            PolicyTestCases.FromText("""
                {"tool":"get","arguments":{"more":1},"expect":{"decision":"allow"}}
                {"tool":"get","arguments":{"id":1},"expect":{"reason":"invalid_arguments"}}
                """),
            new PolicyTestOptions
            {
                Tools = ToolCatalog.Parse("""[{ "name": "get", "inputSchema": { "properties": { "id": { "type": "string" } } } }]"""u8, "tools.json"),
                ToolSchemas = new ToolSchemaEnforcement(enforceSchemas: true, strict: false, []),
            },
            Cancel);
        report.ThrowIfFailed();
    }

    [Fact]
    public async Task Policies_of_one_name_are_an_error()
    {
        PolicyTestCases cases = PolicyTestCases.FromText("""{"tool":"a","expect":{"decision":"deny"}}""");
        Assert.Equal("policies", (await Assert.ThrowsAsync<ArgumentException>(() => PolicyTest.RunAsync([Policy, Policy], cases, null, Cancel))).ParamName);
        Assert.Equal("policies", (await Assert.ThrowsAsync<ArgumentException>(() => PolicyTest.RunAsync([], cases, null, Cancel))).ParamName);
    }

    [Fact]
    public async Task Runs_at_once_do_not_meet()
    {
        PolicyTestCases cases = PolicyTestCases.FromText(string.Concat(
            Enumerable.Repeat("{\"tool\":\"pay\",\"arguments\":{\"amount\":1},\"expect\":{\"reason\":\"allowed\"}}\n", 250)) + "{\"tool\":\"pay\",\"arguments\":{\"amount\":1},\"expect\":{\"reason\":\"limit_exceeded\"}}");
        PolicyTestReport[] reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PolicyTest.RunAsync([Policy], cases, null, Cancel), Cancel)));
        Assert.All(reports, static report => Assert.Equal("251 of 251 expectations hold", report.ToString()));
    }

    [Fact]
    public async Task Cancelled_run_ends()
    {
        using var stop = new CancellationTokenSource();
        using var silent = new SilentStream("{\"tool\":\"pay\",\"arguments\":{\"amount\":1}}\n"u8.ToArray());
        Task<PolicyTestReport> running = PolicyTest.RunAsync([Policy], PolicyTestCases.FromStream(silent), null, stop.Token);
        await silent.IsAsked.WaitAsync(Cancel);
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await PolicyTest.DecideAsync(Policy, new ToolCall(Grant.Default, "pay"), default, stop.Token));
    }

    [Fact]
    public async Task One_call_is_decided_at_the_time_of_choice_with_what_no_line_can_say()
    {
        var now = new DateTimeOffset(2026, 3, 1, 5, 59, 59, TimeSpan.Zero);
        Assert.Equal(DecisionReason.Allowed, (await PolicyTest.DecideAsync(Policy, new ToolCall(Grant.Default, "night"), now, Cancel)).Reason);
        Assert.Equal(DecisionReason.DenyIf, (await PolicyTest.DecideAsync(Policy, new ToolCall(Grant.Default, "night"), now.AddSeconds(1), Cancel)).Reason);
        Assert.Equal(DecisionReason.Allowed, (await PolicyTest.DecideAsync(Policy, new ToolCall(Grant.Default, "night"), new DateTimeOffset(2026, 3, 1, 7, 0, 0, TimeSpan.FromHours(2)), Cancel)).Reason);

        var admin = new ToolCallContext { UserClaims = JsonElement.Parse("""{ "role": "admin" }""") };
        Assert.Equal(DecisionReason.Allowed, (await PolicyTest.DecideAsync(Policy, new ToolCall(Grant.Default, "admin") { Context = admin }, now, Cancel)).Reason);
        Assert.Equal(DecisionReason.RequireFailed, (await PolicyTest.DecideAsync(Policy, new ToolCall(Grant.Default, "admin"), now, Cancel)).Reason);
        Assert.Equal(DecisionReason.ApprovalRequired, (await PolicyTest.DecideAsync(Policy, new ToolCall(Grant.Default, "pay", JsonElement.Parse("""{ "amount": 101 }""")), now, Cancel)).Reason);
        Assert.Equal(DecisionReason.NoPolicy, (await PolicyTest.DecideAsync(Policy, new ToolCall(null, "night"), now, Cancel)).Reason);
    }

    private static Task<PolicyTestReport> RunAsync(string lines) => PolicyTest.RunAsync([Policy], PolicyTestCases.FromText(lines), null, Cancel);

    private static string At(params string[] parts) => Path.Combine([AppContext.BaseDirectory, .. parts]);
}
