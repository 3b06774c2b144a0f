using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Decisions;

/// <summary>Section 4 of the policy format: each row beats all later ones, and what is reported has an order.</summary>
public sealed class EvaluationOrderTests
{
    private const string Never = """{ "conditions": [{ "path": "args.never", "op": "exists", "value": true }] }""";
    private const string Always = """{ "conditions": [] }""";

    /// <summary>The rows from 7 up to 2, each of them denying; a test takes the first n away.</summary>
    private static readonly string[] Members =
    [
        "\"action\": \"deny\"",
        "\"arguments\": false",
        $"\"require\": [{Never}]",
        $"\"deny_if\": [{Always}]",
        "\"limits\": [{ \"counter\": \"c\", \"window\": \"day\", \"max\": 0 }]",
    ];

    [Theory]
    [InlineData(0, DecisionReason.Denied, "/tools/t/action")]
    [InlineData(1, DecisionReason.InvalidArguments, "/tools/t/arguments")]
    [InlineData(2, DecisionReason.RequireFailed, "/tools/t/require/args.never-exists")]
    [InlineData(3, DecisionReason.DenyIf, "/tools/t/deny_if/0")]
    [InlineData(4, DecisionReason.LimitExceeded, "/tools/t/limits/c")]
    [InlineData(5, DecisionReason.Allowed, null)]
    public void Decide_each_row_beats_all_later_ones(int without, DecisionReason reason, string? rule)
    {
        ToolPolicy policy = Judging.Tools($"{{ \"t\": {{ {string.Join(", ", Members.Skip(without))} }} }}");
        ToolDecision decision = policy.Decide("t", "{}");
        Assert.Equal((reason, rule), (decision.Reason, decision.Rule));
    }

    [Fact]
    public void Decide_well_formedness_comes_first_then_grant_then_hiding_then_naming()
    {
        string all = string.Join(", ", Members);
        ToolPolicy policy = Judging.Policy($"\"default\": \"deny\", \"hide\": [\"t\", \"unnamed\"], \"tools\": {{ \"t\": {{ {all} }} }}, \"all_tools\": {{ {all} }}");
        ToolGuard guard = Judging.Guard([policy]);

        ToolDecision malformed = guard.Decide(new ToolCall(null, "t", System.Text.Json.JsonElement.Parse("[]")));
        Assert.Equal((DecisionReason.MalformedCall, "(malformed)", "malformed_call"), (malformed.Reason, malformed.Rule, malformed.ReasonCode));
        ToolDecision noGrant = guard.Decide(new ToolCall(null, "t"));
        Assert.Equal((DecisionReason.NoPolicy, "(no policy)", "no_policy"), (noGrant.Reason, noGrant.Rule, noGrant.ReasonCode));
        ToolDecision hidden = guard.Decide("t");
        Assert.Equal((DecisionReason.Hidden, "(hidden)", "hidden"), (hidden.Reason, hidden.Rule, hidden.ReasonCode));
        Assert.Equal(DecisionReason.Hidden, guard.Decide("unnamed").Reason);
        ToolDecision unnamed = guard.Decide("other");
        Assert.Equal((DecisionReason.DefaultDeny, "(default deny)", "default_deny"), (unnamed.Reason, unnamed.Rule, unnamed.ReasonCode));
    }

    [Fact]
    public void Decide_default_allow_lets_an_unnamed_tool_pass_but_not_past_all_tools()
    {
        ToolPolicy policy = Judging.Policy("""
            "default": "allow", "all_tools": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "eq", "value": 1 }] }] }
            """);
        Assert.True(policy.Decide("t").IsAllowed);
        Assert.Equal("/all_tools/deny_if/args.a-eq", policy.Decide("t", """{ "a": 1 }""").Rule);
    }

    [Fact]
    public void Decide_all_tools_never_names_a_tool() =>
        Assert.Equal(DecisionReason.DefaultDeny, Judging.Policy("""  "default": "deny", "all_tools": { "action": "allow" } """).Decide("t").Reason);

    public static TheoryData<string, string> Kinds => new()
    {
        { "\"action\": \"deny\"", "action" },
        { "\"arguments\": false", "arguments" },
        { $"\"require\": [{Never}]", "require/args.never-exists" },
        { $"\"deny_if\": [{Always}]", "deny_if/0" },
        { "\"limits\": [{ \"counter\": \"{0}\", \"window\": \"day\", \"max\": 0 }]", "limits/{0}" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decide_reports_exact_entry_then_globs_by_pattern_then_all_tools(string member, string rule)
    {
        // Ordinal: upper before lower case, `*` before letters. In the document they stand the other way round.
        string[] patterns = ["tool", "*", "T*l", "t*", "t*l", "t?ol", "to*"];
        string[] order = ["/tools/tool", "/tools/*", "/tools/t*", "/tools/t*l", "/tools/t?ol", "/tools/to*", "/all_tools"];
        for (int gone = 0; gone < order.Length; gone++)
        {
            string Entry(string pointer) => Array.IndexOf(order, pointer) < gone ? "{}" : $"{{ {member.Replace("{0}", "c" + Array.IndexOf(order, pointer), StringComparison.Ordinal)} }}";
            string tools = string.Join(", ", patterns.Reverse().Select(pattern => $"\"{pattern}\": {Entry("/tools/" + pattern)}"));
            ToolDecision decision = Judging.Policy($"\"default\": \"deny\", \"tools\": {{ {tools} }}, \"all_tools\": {Entry("/all_tools")}").Decide("tool");
            Assert.Equal($"{order[gone]}/{rule.Replace("{0}", "c" + gone, StringComparison.Ordinal)}", decision.Rule);
        }
    }

    [Fact]
    public void Decide_rows_beat_the_order_of_entries()
    {
        ToolPolicy policy = Judging.Policy($"\"default\": \"deny\", \"tools\": {{ \"t\": {{ \"deny_if\": [{Always}] }}, \"t*\": {{ \"require\": [{Never}] }} }}, \"all_tools\": {{ \"arguments\": false }}");
        Assert.Equal("/all_tools/arguments", policy.Decide("t", "{}").Rule);
    }

    [Fact]
    public void Decide_within_a_list_the_first_rule_of_the_document_is_reported()
    {
        ToolPolicy policy = Judging.Tools("""
            { "t": { "deny_if": [
                { "conditions": [{ "path": "args.a", "op": "eq", "value": 1 }] },
                { "name": "second", "conditions": [{ "path": "args.a", "op": "gt", "value": 0 }] },
                { "conditions": [{ "path": "args.a", "op": "gt", "value": 0 }, { "path": "args.a", "op": "lt", "value": 9 }] }] } }
            """);
        Assert.Equal("/tools/t/deny_if/second", policy.Decide("t", """{ "a": 2 }""").Rule);
        Assert.Equal("/tools/t/deny_if/args.a-eq", policy.Decide("t", """{ "a": 1 }""").Rule);
        Assert.Equal(DecisionReason.UnknownCondition, policy.Decide("t", """{ "a": "1" }""").Reason);
    }

    [Fact]
    public void Decide_rule_ids_are_escaped_pointers()
    {
        ToolPolicy policy = Judging.Tools("""
            { "a/b~c*": { "require": [{ "name": "n/~", "conditions": [{ "path": "args.x/y~z", "op": "exists", "value": true }] }] },
              "path/~": { "require": [{ "conditions": [{ "path": "args.x/y~z", "op": "exists", "value": true }] }] },
              "limit": { "limits": [{ "counter": "a/b~", "window": 5, "max": 0 }] } }
            """);
        Assert.Equal("/tools/a~1b~0c*/require/n~1~0", policy.Decide("a/b~c").Rule);
        Assert.Equal("/tools/path~1~0/require/args.x~1y~0z-exists", policy.Decide("path/~").Rule);
        Assert.Equal("/tools/limit/limits/a~1b~0", policy.Decide("limit").Rule);
    }

    [Fact]
    public void Decide_false_beats_unknown_within_a_rule_and_unknown_denies_on_both_sides()
    {
        ToolPolicy policy = Judging.Tools("""
            { "require": { "require": [{ "conditions": [{ "path": "args.a", "op": "gt", "value": 1 }, { "path": "args.b", "op": "gt", "value": 1 }] }] },
              "deny_if": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "gt", "value": 1 }, { "path": "args.b", "op": "gt", "value": 1 }] }] } }
            """);
        Assert.Equal(DecisionReason.RequireFailed, policy.Decide("require", """{ "a": "x", "b": 1 }""").Reason);
        Assert.Equal(DecisionReason.UnknownCondition, policy.Decide("require", """{ "a": "x", "b": 2 }""").Reason);
        Assert.Equal(DecisionReason.Allowed, policy.Decide("deny_if", """{ "a": "x", "b": 1 }""").Reason);
        Assert.Equal(DecisionReason.UnknownCondition, policy.Decide("deny_if", """{ "a": "x", "b": 2 }""").Reason);
    }
}
