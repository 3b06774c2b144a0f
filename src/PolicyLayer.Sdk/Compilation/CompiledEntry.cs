namespace PolicyLayer.Sdk.Compilation;

/// <summary>One entry of a policy, ready to be run.</summary>
/// <param name="Pattern">Which tools it names; null for <c>all_tools</c>.</param>
/// <param name="Deny">Its <c>action: deny</c>, or null.</param>
/// <param name="Arguments">Its schema, or null.</param>
/// <param name="Require">Rules that must hold.</param>
/// <param name="DenyIf">Rules that must not.</param>
/// <param name="Approvals">Rules that ask a person; <c>action: require_approval</c> is one without conditions.</param>
/// <param name="Limits">What it counts.</param>
internal sealed record CompiledEntry(
    ToolPattern? Pattern,
    RuleReference? Deny,
    CompiledSchema? Arguments,
    CompiledRule[] Require,
    CompiledRule[] DenyIf,
    CompiledApprovalRule[] Approvals,
    CompiledLimit[] Limits);
