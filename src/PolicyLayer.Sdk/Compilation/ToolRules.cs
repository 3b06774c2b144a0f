namespace PolicyLayer.Sdk.Compilation;

/// <summary>Everything a policy says of one tool: the union of the entries that match, in the order in which denials are reported.</summary>
internal sealed class ToolRules
{
    /// <param name="isHidden">Whether a pattern of <c>hide</c> matches.</param>
    /// <param name="isNamed">Whether an entry of <c>tools</c> matches.</param>
    /// <param name="entries">The exact entry, then globs by pattern text, then <c>all_tools</c>.</param>
    public ToolRules(bool isHidden, bool isNamed, IReadOnlyCollection<CompiledEntry> entries)
    {
        IsHidden = isHidden;
        IsNamed = isNamed;
        Deny = entries.Select(static entry => entry.Deny).FirstOrDefault(static deny => deny is not null);
        Schemas = [.. entries.Where(static entry => entry.Arguments is not null).Select(static entry => entry.Arguments!)];
        Require = [.. entries.SelectMany(static entry => entry.Require)];
        DenyIf = [.. entries.SelectMany(static entry => entry.DenyIf)];
        Approvals = [.. entries.SelectMany(static entry => entry.Approvals)];
        Limits = [.. entries.SelectMany(static entry => entry.Limits)];
    }

    /// <summary>Whether a call may have to wait for a store or a person.</summary>
    public bool Waits => Limits.Length + Approvals.Length > 0;

    public bool IsHidden { get; }

    public bool IsNamed { get; }

    public RuleReference? Deny { get; }

    public CompiledSchema[] Schemas { get; }

    public CompiledRule[] Require { get; }

    public CompiledRule[] DenyIf { get; }

    public CompiledApprovalRule[] Approvals { get; }

    public CompiledLimit[] Limits { get; }
}
