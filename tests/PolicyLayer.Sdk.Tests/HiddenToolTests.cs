using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests;

/// <summary>Nobody who calls a hidden tool may tell it from one that does not exist.</summary>
public sealed class HiddenToolTests
{
    [Fact]
    public void IsListed_hides_patterns_and_shows_nothing_to_nobody()
    {
        ToolGuard guard = Judging.Guard([Judging.Policy(""" "default": "deny", "hide": ["delete_*", "x"] """)]);
        Assert.False(guard.IsListed(Grant.Default, "delete_all"));
        Assert.False(guard.IsListed(Grant.Default, "x"));
        Assert.True(guard.IsListed(Grant.Default, "X"));
        Assert.False(guard.IsListed(null, "X"));
    }

    [Fact]
    public void IsListed_one_layer_that_hides_is_enough()
    {
        ToolGuard guard = Judging.Guard([Judging.Policy(""" "default": "allow" """, "a"), Judging.Policy(""" "default": "allow", "hide": ["x"] """, "b")]);
        Assert.False(guard.IsListed(Grant.Default, "x"));
    }

    [Fact]
    public void AnswerAsUnknownTool_only_where_an_unknown_tool_would_pass()
    {
        Assert.True(Judging.Policy(""" "default": "allow", "hide": ["x"] """).Decide("x").AnswerAsUnknownTool);
        Assert.False(Judging.Policy(""" "default": "allow", "hide": ["x"] """).Decide("y").AnswerAsUnknownTool);
        ToolDecision hidden = Judging.Policy(""" "default": "deny", "hide": ["x"] """).Decide("x");
        Assert.False(hidden.AnswerAsUnknownTool);
        Assert.Equal((DecisionReason.Hidden, "(hidden)"), (hidden.Reason, hidden.Rule));
    }

    // A tool that does not exist is held for approval there, so a hidden one must be, too.
    [Fact]
    public void Hidden_tool_below_an_approval_for_all_tools_looks_like_one_that_does_not_exist()
    {
        ToolPolicy policy = Judging.Policy(""" "default": "allow", "hide": ["x"], "all_tools": { "require_approval": [{ "name": "ask", "conditions": [], "reason": "Ask." }] } """);
        ToolDecision hidden = policy.Decide("x");
        ToolDecision unknown = policy.Decide("y");
        Assert.Equal((DecisionReason.Hidden, false), (hidden.Reason, hidden.AnswerAsUnknownTool));
        Assert.Equal(
            (unknown.ReasonCode, unknown.Rule, unknown.Message),
            (hidden.ForCaller().ReasonCode, hidden.ForCaller().Rule, hidden.ForCaller().Message));
    }

    public static TheoryData<string, string> Layers => new()
    {
        { """ "default": "deny", "hide": ["x*"], "tools": { "t": {} } """, "" },
        { """ "default": "deny", "hide": ["x*"], "tools": { "x1": { "action": "deny", "reason": "secret" } } """, "" },
        { """ "default": "allow", "hide": ["x*"] """, """ "default": "deny" """ },
        { """ "default": "deny" """, """ "default": "allow", "hide": ["x*"] """ },
        { """ "default": "deny", "tools": { "x1": { "action": "deny", "reason": "secret" } } """, """ "default": "deny", "hide": ["x*"] """ },
        { """ "default": "deny", "tools": { "x1": { "arguments": { "required": ["a"] } } } """, """ "default": "deny", "hide": ["x*"] """ },
        { """ "default": "allow", "all_tools": { "require": [{ "conditions": [{ "path": "args.a", "op": "exists", "value": true }] }] } """, """ "default": "deny", "hide": ["x*"] """ },
        { """ "default": "deny", "hide": ["x1"], "tools": { "*": { "deny_if": [{ "conditions": [{ "path": "args.a", "op": "exists", "value": true }] }] }, "x1": { "action": "deny" } } """, "" },
        { """ "default": "allow", "hide": ["x1"], "all_tools": { "arguments": { "required": ["a"] } } """, "" },
        { """ "default": "allow", "hide": ["x1"], "all_tools": { "limits": [{ "counter": "c", "window": "day", "max": 5, "amount": "args.a" }] } """, "" },
        { """ "default": "allow", "tools": { "x1": { "limits": [{ "counter": "c", "window": "day", "max": 0 }] } } """, """ "default": "deny", "hide": ["x*"] """ },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void ForCaller_answers_as_for_a_tool_that_no_entry_names(string first, string second)
    {
        ToolPolicy[] policies = second.Length == 0 ? [Judging.Policy(first)] : [Judging.Policy(first, "a"), Judging.Policy(second, "b")];
        foreach (string arguments in new[] { "{}", """{ "a": 1 }""", "[]" })
        {
            ToolDecision hidden = Judging.Guard(policies).Decide("x1", arguments);
            ToolDecision unknown = Judging.Guard(policies).Decide("y1", arguments);
            Assert.Equal(unknown.IsAllowed, hidden.AnswerAsUnknownTool);
            if (!unknown.IsAllowed)
            {
                Assert.Equal(unknown.ToJson().Replace("y1", "x1", StringComparison.Ordinal), hidden.ForCaller().ToJson());
            }
        }
    }

    // A tool that does not exist says nothing of itself, so what a hidden one says must change nothing.
    [Theory]
    [InlineData(""" "default": "allow", "hide": ["x1"], "all_tools": { "deny_if": [{ "conditions": [{ "path": "tool.annotations.readOnlyHint", "op": "eq", "value": true }] }] } """)]
    [InlineData(""" "default": "allow", "hide": ["x1"], "all_tools": { "require": [{ "conditions": [{ "path": "tool.annotations.readOnlyHint", "op": "eq", "value": true }] }] } """)]
    [InlineData(""" "default": "allow", "hide": ["x1"], "all_tools": { "require_approval": [{ "conditions": [{ "path": "tool.annotations.readOnlyHint", "op": "eq", "value": true }] }] } """)]
    public async Task ForCaller_of_a_hidden_tool_with_annotations_answers_as_for_a_tool_that_does_not_exist(string policy)
    {
        ToolGuard guard = Judging.Guard([Judging.Policy(policy)]);
        var context = new ToolCallContext { ToolAnnotations = JsonElement.Parse("""{ "readOnlyHint": true }""") };
        ToolDecision hidden = await guard.AuthorizeAsync(new ToolCall(Grant.Default, "x1") { Context = context }, TestContext.Current.CancellationToken);
        ToolDecision unknown = await guard.AuthorizeAsync(new ToolCall(Grant.Default, "y1"), TestContext.Current.CancellationToken);
        Assert.Equal(unknown.IsAllowed, hidden.AnswerAsUnknownTool);
        Assert.Equal(unknown.Reason, hidden.AnswerAsUnknownTool ? unknown.Reason : hidden.ForCaller().Reason);
    }

    // Where a limit of all tools is spent, a tool that does not exist is refused by it.
    [Theory]
    [InlineData(""" "default": "allow", "hide": ["x1"], "all_tools": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] } """)]
    [InlineData(""" "default": "deny", "hide": ["x1"], "tools": { "*": { "limits": [{ "counter": "c", "window": "day", "max": 1, "on_deny": "Enough." }] } } """)]
    [InlineData(""" "default": "allow", "hide": ["x1"], "all_tools": { "limits": [{ "counter": "c", "window": "day", "max": 1 }], "require_approval": [{ "conditions": [{ "path": "args.a", "op": "exists", "value": true }] }] } """)]
    public void ForCaller_of_a_hidden_tool_shows_a_limit_that_is_spent(string text)
    {
        ToolGuard guard = Judging.Guard([Judging.Policy(text)]);
        Assert.True(guard.Decide("x1").AnswerAsUnknownTool);
        Assert.True(guard.Decide("x1").AnswerAsUnknownTool);
        Assert.True(guard.Decide("t").IsAllowed);
        foreach (string arguments in new[] { "{}", """{ "a": 1 }""" })
        {
            ToolDecision hidden = guard.Decide("x1", arguments);
            ToolDecision unknown = guard.Decide("y1", arguments);
            Assert.Equal((DecisionReason.Hidden, false, DecisionReason.LimitExceeded), (hidden.Reason, hidden.AnswerAsUnknownTool, unknown.Reason));
            Assert.Equal(unknown.ToJson().Replace("y1", "x1", StringComparison.Ordinal), hidden.ForCaller().ToJson());
        }
    }

    [Fact]
    public void ForCaller_changes_nothing_else()
    {
        ToolDecision denied = Judging.Tools("{}").Decide("t");
        Assert.Equal(denied.ToJson(), denied.ForCaller().ToJson());
    }
}
