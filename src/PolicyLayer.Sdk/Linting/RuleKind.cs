namespace PolicyLayer.Sdk.Linting;

/// <summary>What a rule does with a call of which it is true.</summary>
internal enum RuleKind
{
    /// <summary>Lets it pass; all others are refused.</summary>
    Require,

    /// <summary>Refuses it, and those of which nobody can tell.</summary>
    DenyIf,

    /// <summary>Has a person asked about it, and about those of which nobody can tell.</summary>
    RequireApproval,
}

/// <summary>The lists of rules that an entry has.</summary>
internal static class RuleKinds
{
    public static readonly (string Member, RuleKind Kind)[] All = [("require", RuleKind.Require), ("deny_if", RuleKind.DenyIf), ("require_approval", RuleKind.RequireApproval)];

    /// <summary>Whether truth lets the call pass.</summary>
    public static bool TruthPasses(this RuleKind kind) => kind == RuleKind.Require;
}
