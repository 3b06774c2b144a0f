using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Decisions;

public sealed class ExplanationTests
{
    [Fact]
    public void Explain_names_the_rule_that_decided_and_every_condition_with_what_it_saw()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools("""
            { "pay": {
              "require": [{ "name": "currency", "conditions": [{ "path": "args.currency", "op": "in", "value": ["usd"] }] }],
              "deny_if": [{ "conditions": [{ "any": [{ "path": "args.amount", "op": "gt", "value": 5 }, { "not": { "path": "args.to", "op": "exists", "value": true } }] }] }] } }
            """)]);
        ToolDecision decision = guard.Decide("pay", """{ "currency": "usd", "amount": 7 }""");
        IReadOnlyList<ExplainedCheck> checks = guard.Explain(decision, showValues: false).Checks;

        Assert.Equal(["well_formed", "grant", "hide", "default", "require", "deny_if"], checks.Select(static check => check.Name));
        Assert.Equal(["passed", "passed", "passed", "passed", "passed", "refused"], checks.Select(static check => check.Outcome));
        Assert.Equal("args.currency in [\"usd\"]", checks[4].Condition!.Text);
        Assert.Equal(("true", "string", null), (checks[4].Condition!.Outcome, checks[4].Condition!.SeenType, checks[4].Condition!.SeenValue));
        ExplainedCondition any = checks[5].Condition!;
        Assert.Equal(["args.amount gt 5", "not"], any.Parts.Select(static part => part.Text));
        Assert.Equal(("absent", "false"), (any.Parts[1].Parts[0].SeenType, any.Parts[1].Parts[0].Outcome));
    }

    [Fact]
    public void Explain_shows_values_only_when_asked()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "a": { "deny_if": [{ "conditions": [{ "path": "args.key", "op": "eq", "value": "x" }, { "path": "grant.id", "op": "eq", "value": "x" }] }] } }""")]);
        ToolDecision decision = guard.Decide("a", """{ "key": "s3cret" }""");
        Assert.DoesNotContain("s3cret", JsonSerializer.Serialize(guard.Explain(decision, showValues: false)), StringComparison.Ordinal);
        ExplainedCondition shown = guard.Explain(decision, showValues: true).Checks.Single(static check => check.Name == "deny_if").Condition!;
        Assert.Equal(["\"s3cret\"", "\"default\""], shown.Parts.Select(static part => part.SeenValue));
    }

    // What a host gives may be no text at all: half of a surrogate pair ended the explanation with an exception.
    [Fact]
    public void Explain_shows_a_text_that_is_none_as_far_as_it_can()
    {
        ToolGuard guard = Judging.Guard([Judging.Policy("""
            "default": "allow", "all_tools": { "deny_if": [{ "conditions": [{ "path": "tool.name", "op": "starts_with", "value": "a" }] }] }
            """)]);
        ExplainedCheck refused = guard.Explain(guard.Decide("a\ud800"), showValues: true).Checks.Single(static check => check.Outcome == "refused");
        Assert.Equal("a\ufffd", JsonElement.Parse(refused.Condition!.SeenValue!).GetString());
    }

    // Every policy's limits are looked at before anybody is asked for any of them.
    [Fact]
    public void Explain_says_nothing_of_approvals_that_nobody_was_asked_for()
    {
        ToolGuard guard = Judging.Guard(
        [
            Judging.Tools("""{ "a": { "action": "require_approval" } }""", "one"),
            Judging.Tools("""{ "a": { "limits": [{ "counter": "c", "window": "day", "max": 0 }] } }""", "two"),
        ]);
        ToolDecision decision = guard.Decide("a");
        Assert.Equal((DecisionReason.LimitExceeded, 1), (decision.Reason, decision.Layer));
        Assert.Equal(
            [("limits", "refused"), ("require_approval", "not_reached")],
            guard.Explain(decision, showValues: false).Checks.Where(static check => check.Name is "limits" or "require_approval").Select(static check => (check.Name, check.Outcome)));
    }

    [Fact]
    public void Explain_tells_what_failed_inside()
    {
        ToolPolicy policy = Judging.Tools("""{ "a": { "limits": [{ "counter": "c", "window": "day", "max": 1 }], "require_approval": [{ "conditions": [{ "path": "args.x", "op": "exists", "value": true }] }] } }""");
        ToolGuard storeDown = Judging.Guard([policy], counters: new FailingStore(static _ => throw new IOException()));
        Assert.Equal(("limits", "the counters could not be read"), Refusal(storeDown, storeDown.Decide("a")));

        ToolGuard nobodyReachable = Judging.Guard([policy], approvals: new FailingHandler());
        Assert.Equal(("evaluation", "something failed while the call was judged"), Refusal(nobodyReachable, nobodyReachable.Decide("a", """{ "x": 1 }""")));

        ToolGuard unrecorded = Judging.Guard([policy], sinks: [new RecordingSink { Before = static _ => throw new IOException() }], requireAudit: true);
        Assert.Equal(("audit", "the decision could not be recorded"), Refusal(unrecorded, unrecorded.Decide("a")));

        static (string, string?) Refusal(ToolGuard guard, ToolDecision decision)
        {
            ExplainedCheck refused = Assert.Single(guard.Explain(decision, showValues: false).Checks, static check => check.Outcome == "refused");
            return (refused.Name, refused.Detail);
        }
    }

    private sealed class FailingHandler : IApprovalHandler
    {
        public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    [Fact]
    public void Explain_agrees_with_every_decision() =>
        Prop.ForAll(GeneratedPolicy.Seeds.ToArbitrary(), static seed =>
        {
            var random = new Random(seed);
            ToolGuard guard = Judging.Guard([ToolPolicy.Parse(GeneratedPolicy.Make(random).ToJson(), "one"), ToolPolicy.Parse(GeneratedPolicy.Make(random).ToJson(), "two")]);
            for (int i = 0; i < 5; i++)
            {
                ToolDecision decision = guard.Decide(GeneratedPolicy.MakeCall(random));
                ExplainedCheck[] refused = [.. guard.Explain(decision, showValues: false).Checks.Where(static check => check.Outcome == "refused")];
                Assert.Equal(decision.IsAllowed ? 0 : 1, refused.Length);
                Assert.All(refused, check => Assert.Equal((decision.Layer, decision.Rule), (check.Layer, check.Rule ?? decision.Rule)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
