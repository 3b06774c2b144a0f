using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Approvals;

/// <summary>The rules that want somebody's approval for one call, in the order in which they are reported.</summary>
internal sealed class NeededApprovals
{
    private readonly List<(CompiledApprovalRule Rule, int Layer)> _rules = [];

    /// <summary>The rule that a refusal names.</summary>
    public (RuleReference Reference, int Layer) First => (_rules[0].Rule.Rule.Reference, _rules[0].Layer);

    public TimeSpan Expires => _rules.Min(static rule => rule.Rule.Expires);

    public void Add(CompiledApprovalRule rule, int layer) => _rules.Add((rule, layer));

    public ApprovalRequest ToRequest(in ToolCall call, string decisionId, string policyVersion) => new(
        call,
        decisionId,
        policyVersion,
        [.. _rules.Select(static rule => rule.Rule.Rule.Reference.Id)],
        [.. _rules.Select(static rule => rule.Rule.Rule.Reference.Text).OfType<string>()],
        Expires);
}
