using System.Text.Json;

namespace PolicyLayer.Cli.Tests;

public sealed class EvalTests : IDisposable
{
    private const string Policy = """
        { "version": "1", "default": "deny", "hide": ["secret_*"],
          "tools": { "pay": {
            "require": [{ "conditions": [{ "path": "args.currency", "op": "in", "value": ["usd"] }], "on_deny": "Only USD." }],
            "require_approval": [{ "name": "large", "conditions": [{ "path": "args.amount", "op": "gt", "value": 100 }] }],
            "limits": [{ "counter": "spend", "window": "day", "max": 250, "amount": "args.amount", "refund": "on_error" }, { "counter": "n", "concurrent": 1 }] } } }
        """;

    private readonly Tool _tool = new();

    private string PolicyFile => _tool.File("policy.json", Policy);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Eval_replays_calls_by_the_clock_of_the_input()
    {
        string calls = _tool.File("calls.jsonl", """
            {"tool":"pay","arguments":{"currency":"usd","amount":100},"ends_at":"2026-01-01T00:00:10Z"}
            {"tool":"pay","arguments":{"currency":"usd","amount":100},"at":"2026-01-01T00:00:09Z"}
            {"tool":"pay","arguments":{"currency":"usd","amount":150},"at":"2026-01-01T00:00:10Z","approval":"approve","outcome":"error"}
            {"tool":"pay","arguments":{"currency":"usd","amount":150},"approval":"deny"}

            {"tool":"pay","arguments":{"currency":"usd","amount":150}}
            {"tool":"pay","arguments":{"currency":"usd","amount":150},"approval":"approve"}
            {"tool":"pay","arguments":{"currency":"usd","amount":1}}
            {"tool":"pay","arguments":{"currency":"eur","amount":1}}
            {"tool":"pay","raw_arguments":"{\"amount\":1,\"amount\":2}"}
            {"tool":"pay","raw_arguments":"{"}
            {"tool":"pay","arguments":[]}
            {"tool":"pay","arguments":{"currency":"usd"}}
            {"tool":"secret_key"}
            {"tool":"pay","arguments":{"currency":"usd","amount":1},"at":"2026-01-02T00:00:10Z"}
            """);
        Tool.Result result = await _tool.RunAsync("eval", "--policy", PolicyFile, "--calls", calls, "--format", "json");
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Equal(
            ["allowed", "limit_exceeded", "approved", "approval_denied", "approval_required", "approved", "limit_exceeded", "require_failed", "malformed_call", "malformed_call", "malformed_call", "invalid_amount", "hidden", "allowed"],
            result.Lines.Select(static line => JsonElement.Parse(line).GetProperty("reason").GetString()));
        Assert.Equal("/tools/pay/limits/n", JsonElement.Parse(result.Lines[1]).GetProperty("rule").GetString());
        Assert.Equal("approval_required", JsonElement.Parse(result.Lines[4]).GetProperty("decision").GetString());
        Assert.Equal(86_400_000, JsonElement.Parse(result.Lines[6]).GetProperty("retry_after_ms").GetInt64() + 10_000);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Eval_call_that_runs_for_long_keeps_its_place_in_every_store(string store)
    {
        string policy = _tool.File("one.json", """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "concurrent": 1 }] } } }""");
        string calls = _tool.File("long.jsonl", """
            {"tool":"t","at":"2026-01-01T00:00:00Z","ends_at":"2026-01-03T00:00:00Z"}
            {"tool":"t","at":"2026-01-01T00:05:00Z"}
            {"tool":"t","at":"2026-01-02T00:00:00Z"}
            {"tool":"t","at":"2026-01-03T00:00:00Z","ends_at":"2026-01-03T01:00:00Z"}
            {"tool":"t","at":"2026-01-03T00:59:59Z"}
            """);
        Tool.Result result = await _tool.RunAsync("eval", "--policy", policy, "--calls", calls, "--state", store == "memory" ? store : $"{store}:{_tool.PathOf("places.db")}", "--format", "json");
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Equal(
            ["allowed", "limit_exceeded", "limit_exceeded", "allowed", "limit_exceeded"],
            result.Lines.Select(static line => JsonElement.Parse(line).GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Eval_begins_when_its_first_call_does()
    {
        string policy = _tool.File("old.json", """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] } } }""");
        string calls = _tool.File("old.jsonl", """
            {"tool":"t","at":"2019-05-01T10:00:00Z"}
            {"tool":"t","at":"2019-05-02T09:59:59Z"}
            {"tool":"t","at":"2019-05-02T10:00:00Z"}
            """);
        Tool.Result result = await _tool.RunAsync("eval", "--policy", policy, "--calls", calls, "--format", "json");
        Assert.Equal((0, string.Empty), (result.Code, result.Error));
        Assert.Equal(["allowed", "limit_exceeded", "allowed"], result.Lines.Select(static line => JsonElement.Parse(line).GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Eval_goes_on_where_an_earlier_run_ended_when_a_file_keeps_its_counters()
    {
        string policy = _tool.File("limited.json", """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 2 }] } } }""");
        var reasons = new List<string>();
        for (int run = 0; run < 3; run++)
        {
            Tool.Result result = await _tool.RunAsync("eval", "--policy", policy, "--tool", "t", "--state", "sqlite:" + _tool.PathOf("state.db"), "--format", "json");
            Assert.Equal(string.Empty, result.Error);
            reasons.Add(JsonElement.Parse(result.Lines[0]).GetProperty("reason").GetString()!);
        }

        Assert.Equal(["allowed", "allowed", "limit_exceeded"], reasons);
    }

    [Fact]
    public async Task Eval_of_one_call_explains_without_showing_values()
    {
        string[] command = ["eval", "--policy", PolicyFile, "--tool", "pay", "--args", """{"currency":"s3cret","amount":5}""", "--explain"];
        Tool.Result result = await _tool.RunAsync(command);
        Assert.Equal(0, result.Code);
        Assert.StartsWith("deny               pay                        require_failed  /tools/pay/require/args.currency-in", result.Output, StringComparison.Ordinal);
        Assert.Contains("args.currency in [\"usd\"]  (saw string) is false", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Lines, static line => line.EndsWith(' '));
        Assert.Contains("(saw string \"s3cret\")", (await _tool.RunAsync([.. command, "--show-values"])).Output, StringComparison.Ordinal);

        JsonElement explained = JsonElement.Parse((await _tool.RunAsync([.. command, "--format", "json"])).Output);
        Assert.Equal("refused", explained.GetProperty("explanation").EnumerateArray().Single(static check => check.GetProperty("check").GetString() == "require").GetProperty("outcome").GetString());
        Assert.DoesNotContain("s3cret", explained.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_reads_standard_input_with_a_byte_order_mark_and_other_line_ends()
    {
        Tool.Result result = await _tool.RunWithInputAsync("\uFEFF{\"tool\":\"a\"}\r\n\r\n{\"tool\":\"b\"}", "eval", "--policy", PolicyFile, "--calls", "-", "--format", "json");
        Assert.Equal(["a", "b"], result.Lines.Select(static line => JsonElement.Parse(line).GetProperty("tool").GetString()));
    }

    [Fact]
    public async Task Eval_checks_what_lines_expect()
    {
        string calls = _tool.File("calls.jsonl", """
            {"tool":"other","expect":{"decision":"deny","reason":"default_deny","rule":"(default deny)"}}
            {"tool":"other","expect":{"decision":"allow"}}
            {"tool":"other","expect":{"retry_after_ms":null,"limit":null}}
            """);
        Tool.Result result = await _tool.RunAsync("eval", "--policy", PolicyFile, "--calls", calls);
        Assert.Equal(1, result.Code);
        Assert.Equal(["calls.jsonl(2): expected decision \"allow\", got \"deny\"", "2 of 3 expectations hold"], result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Eval_holds_calls_to_the_schemas_of_listed_tools_and_says_where_there_is_none()
    {
        string policy = _tool.File("open.json", """{ "version": "1", "default": "allow" }""");
        string tools = _tool.File("tools.json", """
            { "tools": [{ "name": "read", "inputSchema": { "type": "object", "properties": { "opts": { "properties": { "path": { "type": "string" } } } } } }, { "name": "bare" }] }
            """);
        string calls = _tool.File("calls.jsonl", """
            {"tool":"read","arguments":{"opts":{"path":"a"}}}
            {"tool":"read","arguments":{"opts":{"PATH":"s3cret"}}}
            {"tool":"read","arguments":{"other":1}}
            {"tool":"bare","arguments":{"other":1}}
            {"tool":"unlisted","arguments":{"other":1}}
            {"tool":"unlisted","arguments":{"other":1}}
            """);
        string[] command = ["eval", "--policy", policy, "--calls", calls, "--tools", tools, "--explain"];
        Tool.Result result = await _tool.RunAsync([.. command, "--format", "json"]);
        Assert.Equal(0, result.Code);
        JsonElement[] decisions = [.. result.Lines.Select(static line => JsonElement.Parse(line))];
        Assert.Equal(["allowed", "invalid_arguments", "invalid_arguments", "allowed", "allowed", "allowed"], decisions.Select(static decision => decision.GetProperty("reason").GetString()));
        Assert.Equal("(input schema)", decisions[1].GetProperty("rule").GetString());
        JsonElement check = decisions[1].GetProperty("explanation").EnumerateArray().Single(static check => check.GetProperty("check").GetString() == "arguments");
        Assert.Equal(("refused", "`opts.PATH` must be spelt `path`"), (check.GetProperty("outcome").GetString(), check.GetProperty("detail").GetString()));
        Assert.Equal(
            """
            calls.jsonl(4): `bare` has no `inputSchema` in the list of --tools, so its arguments are held to the policy alone
            calls.jsonl(5): `unlisted` is not in the list of --tools, so its arguments are held to the policy alone

            """,
            result.Error);
        Assert.Contains("+ arguments        (input schema)", (await _tool.RunAsync(command)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strict", "invalid_arguments", "invalid_arguments")]
    [InlineData("declared", "allowed", "invalid_arguments")]
    [InlineData("off", "allowed", "allowed")]
    public async Task Eval_holds_calls_to_listed_schemas_as_far_as_it_is_told(string word, string undeclared, string forbidden)
    {
        string policy = _tool.File("open.json", """{ "version": "1", "default": "allow" }""");
        string tools = _tool.File("tools.json", """[{ "name": "read", "inputSchema": { "type": "object", "properties": { "path": { "type": "string" } } } }]""");
        string calls = _tool.File("calls.jsonl", """
            {"tool":"read","arguments":{"other":1}}
            {"tool":"read","arguments":{"path":1}}
            """);
        Tool.Result result = await _tool.RunAsync("eval", "--policy", policy, "--calls", calls, "--tools", tools, "--tool-schemas", word, "--format", "json");
        Assert.Equal([undeclared, forbidden], result.Lines.Select(static line => JsonElement.Parse(line).GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Eval_judges_by_every_policy()
    {
        string other = _tool.File("team/policy.json", """{ "version": "1", "default": "allow", "tools": { "pay": { "action": "deny" } } }""");
        Tool.Result result = await _tool.RunAsync("eval", "--policy", PolicyFile, "--policy", other, "--tool", "pay", "--args", """{"currency":"usd","amount":5}""", "--format", "json");
        JsonElement decision = JsonElement.Parse(result.Output);
        Assert.Equal(("denied", 1), (decision.GetProperty("reason").GetString(), decision.GetProperty("layer").GetInt32()));
    }

    [Fact]
    public async Task Eval_writes_the_audit_trail()
    {
        string audit = Path.Combine(Path.GetDirectoryName(PolicyFile)!, "audit.jsonl");
        Assert.Equal(0, (await _tool.RunAsync("eval", "--policy", PolicyFile, "--tool", "x", "--audit", audit)).Code);
        Assert.Equal(["start", "policy", "decision", "stop"], (await System.IO.File.ReadAllLinesAsync(audit, TestContext.Current.CancellationToken)).Select(static line => JsonElement.Parse(line).GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Eval_makes_the_hashes_of_the_trail_with_the_key()
    {
        string audit = _tool.PathOf("audit.jsonl");
        string key = _tool.File("audit.key", new string('k', 32) + "\n");
        Assert.Equal(0, (await _tool.RunAsync("eval", "--policy", PolicyFile, "--tool", "x", "--audit", audit, "--audit-key", key)).Code);
        Assert.Equal(0, (await _tool.RunAsync("audit", "verify", audit, "--key", key)).Code);
        Assert.Equal(2, (await _tool.RunAsync("audit", "verify", audit)).Code);
        Assert.Equal(1, (await _tool.RunAsync("audit", "verify", audit, "--key", _tool.File("other.key", new string('o', 32)))).Code);
    }

    [Theory]
    [InlineData("""{"tool":"a","argument":{}}""", "calls.jsonl(1): unknown member `argument`")]
    [InlineData("""{"tool":"a","tool":"b"}""", "calls.jsonl(1): not a line of JSON, or a key stands twice in it\n")]
    [InlineData("{\"tool\":\"a\"}\n{", "calls.jsonl(2): not a line of JSON, or a key stands twice in it (column 2)\n")]
    [InlineData("[]", "calls.jsonl(1): a call is an object")]
    [InlineData("{}", "calls.jsonl(1): `tool` is missing")]
    [InlineData("""{"tool":5}""", "calls.jsonl(1): `tool` must be a string")]
    [InlineData("""{"tool":"\ud800"}""", "calls.jsonl(1): `tool` holds half of a surrogate pair")]
    [InlineData("""{"tool":"a","arguments":{"b":[{"\ud800":1}]}}""", "calls.jsonl(1): a key holds half of a surrogate pair")]
    [InlineData("""{"tool":"a","\udc00":1}""", "calls.jsonl(1): a key holds half of a surrogate pair")]
    [InlineData("""{"tool":"a","expect":{"retry_after":null}}""", "calls.jsonl(1): unknown member `retry_after` of `expect`")]
    [InlineData("""{"tool":"a","grant":" "}""", "calls.jsonl(1): the id of a grant must not be empty")]
    [InlineData("""{"tool":"a","at":"yesterday"}""", "calls.jsonl(1): `at` must be a time such as")]
    [InlineData("""{"tool":"a","at":"2026-01-01"}""", "calls.jsonl(1): `at` must be a time such as")]
    [InlineData("""{"tool":"a","at":"2026-01-01T00:00:00"}""", "calls.jsonl(1): `at` must be a time such as")]
    [InlineData("""
        {"tool":"a"}
        {"tool":"a","at":"2025-12-31T23:59:59Z"}
        """, "calls.jsonl(2): `at` goes back")]
    [InlineData("""{"tool":"a","ends_at":"2025-12-31T23:59:59Z"}""", "calls.jsonl(1): `ends_at` is before the call itself")]
    [InlineData("""{"tool":"a","outcome":"fine"}""", "calls.jsonl(1): `outcome` must be one of ok, error, not_run")]
    [InlineData("""{"tool":"a","arguments":{},"raw_arguments":"{}"}""", "keep one")]
    [InlineData("""{"tool":"a","context":5}""", "calls.jsonl(1): `context` must be an object")]
    public async Task Eval_line_that_is_no_call_is_wrong_usage(string lines, string error)
    {
        Tool.Result result = await _tool.RunAsync("eval", "--policy", PolicyFile, "--calls", _tool.File("calls.jsonl", lines));
        Assert.Equal(2, result.Code);
        Assert.StartsWith("policylayer: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(error, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Eval_line_that_is_no_text_is_wrong_usage()
    {
        Tool.Result result = await _tool.RunWithInputAsync([.. "{\"tool\":\"a"u8, 0xFF, .. "\"}\n"u8], "eval", "--policy", PolicyFile, "--calls", "-");
        Assert.Equal((2, string.Empty, "policylayer: standard input(1): the line is not UTF-8; save the calls as UTF-8\n"), (result.Code, result.Output, result.Error));
    }

    [Fact]
    public async Task Eval_line_without_an_end_is_not_read_for_ever()
    {
        byte[] input = new byte[(40 << 20) + 1];
        input.AsSpan().Fill((byte)' ');
        Tool.Result result = await _tool.RunWithInputAsync(input, "eval", "--policy", PolicyFile, "--calls", "-");
        Assert.Equal((2, "policylayer: standard input(1): the line is longer than 16 MiB; a call is one line\n"), (result.Code, result.Error));
    }

    [Fact]
    public async Task Eval_explains_a_value_of_several_lines_on_one()
    {
        string policy = _tool.File("object.json", """{ "version": "1", "default": "deny", "tools": { "a": { "deny_if": [{ "conditions": [{ "path": "args.x", "op": "eq", "value": 1 }] }] } } }""");
        string[] command = ["eval", "--policy", policy, "--tool", "a", "--args", "{ \"x\": { \"y\":\n1.0 } }", "--explain", "--show-values"];
        Assert.Contains("(saw object {\"y\":1.0}) is unknown", (await _tool.RunAsync(command)).Output, StringComparison.Ordinal);
        Assert.Single((await _tool.RunAsync([.. command, "--format", "json"])).Lines);
    }

    // A line is answered when it comes, not when the input ends; and whoever waits for the next one can be stopped.
    [Fact]
    public async Task Eval_answers_a_line_before_it_waits_for_the_next_and_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        using var input = new WaitingStream("{\"tool\":\"a\"}\n"u8.ToArray());
        Task<int> running = CommandLine.RunAsync(["eval", "--policy", PolicyFile, "--calls", "-", "--format", "json"], new CommandStreams(input, output, TextWriter.Null, IsPlain: true), stop.Token);
        await input.IsWaiting.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("default_deny", output.ToString(), StringComparison.Ordinal);
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        Assert.Equal(130, await running);
    }

    [Fact]
    public async Task Eval_takes_many_lines()
    {
        string calls = _tool.File("calls.jsonl", string.Concat(Enumerable.Repeat("{\"tool\":\"pay\",\"arguments\":{\"currency\":\"usd\",\"amount\":0}}\n", 20_000)));
        Tool.Result result = await _tool.RunAsync("eval", "--policy", PolicyFile, "--calls", calls, "--format", "json");
        Assert.Equal((0, 20_000), (result.Code, result.Lines.Length));
    }
}
