using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.InputSchemas;

namespace PolicyLayer.Sdk.Explanations;

/// <summary>Goes through the checks of a decided call once more and writes down what each saw. The decision stays what it was.</summary>
internal sealed class CallExplainer(ToolDecision decision, bool showValues)
{
    private const string Passed = "passed";
    private const string Refused = "refused";
    private const string NotReached = "not_reached";

    private readonly List<ExplainedCheck> _checks = [];
    private bool _refused;

    public PolicyExplanation Explain(PolicySet policies, in CallView view)
    {
        Check("well_formed", decision.Reason == DecisionReason.MalformedCall, detail: decision.Reason == DecisionReason.MalformedCall ? decision.Denial?.Detail : null);
        Check("grant", decision.Reason == DecisionReason.NoPolicy, detail: decision.Call.Grant is null ? "the caller has no grant" : null);
        if (decision.Reason is DecisionReason.MalformedCall or DecisionReason.NoPolicy)
        {
            return new PolicyExplanation(_checks);
        }

        if (decision.Reason == DecisionReason.EvaluationError)
        {
            // Where it failed is not known, and looking again might fail again.
            Check("evaluation", true, detail: "something failed while the call was judged");
            return new PolicyExplanation(_checks);
        }

        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            Check("hide", policies.Layers[layer].Find(decision.Call.Tool).IsHidden, layer);
        }

        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            ToolRules rules = policies.Layers[layer].Find(decision.Call.Tool);
            Check("default", !_refused && decision.Reason == DecisionReason.DefaultDeny && decision.Layer == layer, layer, detail: rules.IsNamed ? "an entry names the tool" : "no entry names the tool");
        }

        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            ExplainRules(policies.Layers[layer].Find(decision.Call.Tool), layer, view);
        }

        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            ExplainLimits(policies.Layers[layer].Find(decision.Call.Tool), layer);
        }

        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            ExplainApprovals(policies.Layers[layer].Find(decision.Call.Tool), layer, view);
        }

        if (decision.Reason == DecisionReason.AuditUnavailable)
        {
            Check("audit", true, detail: "the decision could not be recorded");
        }

        return new PolicyExplanation(_checks);
    }

    private void ExplainRules(ToolRules rules, int layer, in CallView view)
    {
        if (rules.Deny is not null)
        {
            Check("action", true, layer, rules.Deny.Id);
        }

        foreach (CompiledSchema schema in rules.Schemas)
        {
            bool invalid = Spoke(DecisionReason.InvalidArguments, schema.Reference, layer);
            Check("arguments", invalid, layer, schema.Reference.Id, invalid ? decision.Denial?.Detail : null);
        }

        if (layer == 0 && decision.Call.Context?.InputSchema is { } inputSchema)
        {
            bool invalid = !_refused && InputSchemaRule.Speaks(decision.Denial);
            Check("arguments", invalid, rule: InputSchemaRule.Id, detail: invalid ? inputSchema.Problem ?? decision.Denial?.Detail : null);
        }

        foreach (CompiledRule rule in rules.Require)
        {
            CheckRule("require", rule, layer, view, static outcome => outcome != ConditionOutcome.True);
        }

        foreach (CompiledRule rule in rules.DenyIf)
        {
            CheckRule("deny_if", rule, layer, view, static outcome => outcome != ConditionOutcome.False);
        }
    }

    /// <summary>What a store and a person said is known from the decision alone.</summary>
    private void ExplainLimits(ToolRules rules, int layer)
    {
        foreach (CompiledLimit limit in rules.Limits)
        {
            if (decision.Reason == DecisionReason.StoreUnavailable)
            {
                Check("limits", true, layer, limit.Reference.Id, "the counters could not be read");
                continue;
            }

            bool refused = Spoke(DecisionReason.LimitExceeded, limit.Reference, layer) || Spoke(DecisionReason.InvalidAmount, limit.Reference, layer);
            Check("limits", refused, layer, limit.Reference.Id, refused ? decision.Denial?.Detail : null);
        }
    }

    private void ExplainApprovals(ToolRules rules, int layer, in CallView view)
    {
        foreach (CompiledApprovalRule rule in rules.Approvals)
        {
            bool refused = Spoke(DecisionReason.ApprovalRequired, rule.Rule.Reference, layer)
                || Spoke(DecisionReason.ApprovalDenied, rule.Rule.Reference, layer)
                || Spoke(DecisionReason.ApprovalExpired, rule.Rule.Reference, layer);
            bool asks = !_refused && rule.Rule.Evaluate(view) != ConditionOutcome.False;
            string? detail = _refused ? null : !asks ? "no approval needed" : refused ? decision.ReasonCode : "approved";
            Add("require_approval", refused, layer, rule.Rule, view, detail);
        }
    }

    private bool Spoke(DecisionReason reason, RuleReference reference, int layer) =>
        !_refused && decision.Reason == reason && decision.Layer == layer && ReferenceEquals(decision.Denial?.Rule, reference);

    private void CheckRule(string name, CompiledRule rule, int layer, in CallView view, Func<ConditionOutcome, bool> refuses) =>
        Add(name, !_refused && refuses(rule.Evaluate(view)), layer, rule, view, null);

    private void Add(string name, bool refused, int layer, CompiledRule rule, in CallView view, string? detail)
    {
        ExplainedCondition? condition = _refused ? null : rule.Condition.Explain(view, showValues);
        Check(name, refused, layer, rule.Reference.Id, detail, condition);
    }

    private void Check(string name, bool refused, int? layer = null, string? rule = null, string? detail = null, ExplainedCondition? condition = null)
    {
        _checks.Add(_refused
            ? new ExplainedCheck(name, NotReached, layer, rule)
            : new ExplainedCheck(name, refused ? Refused : Passed, layer, rule, detail, condition));
        _refused |= refused;
    }
}
