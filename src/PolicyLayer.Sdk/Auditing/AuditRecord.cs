namespace PolicyLayer.Sdk;

/// <summary>One line of the audit trail. It never holds the value of an argument.</summary>
public readonly struct AuditRecord
{
    private const int MostKeys = 100;
    private const int LongestKey = 128;

    private readonly ToolDecision _decision;

    internal AuditRecord(AuditKind kind, DateTimeOffset timestamp, string? policyVersion, in ToolDecision decision, ToolOutcome? outcome, TimeSpan elapsed)
    {
        Kind = kind;
        Timestamp = timestamp;
        PolicyVersion = policyVersion;
        _decision = decision;
        Outcome = outcome;
        Elapsed = elapsed;
    }

    /// <summary>What it tells of.</summary>
    public AuditKind Kind { get; }

    /// <summary>When, in UTC.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The version of the policies in force, or null.</summary>
    public string? PolicyVersion { get; }

    /// <summary>The decision: of the call that was decided or settled; the default on a record of <see cref="AuditKind.Policy"/>.</summary>
    public ToolDecision Decision => _decision;

    /// <summary>What became of the call; null unless <see cref="Kind"/> is <see cref="AuditKind.Outcome"/>.</summary>
    public ToolOutcome? Outcome { get; }

    /// <summary>From the call to this record.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The names of the arguments, sorted; at most 100, each cut to 128 characters. Read it before the sink returns: the arguments are not kept.</summary>
    public IReadOnlyList<string> GetArgumentKeys() =>
        Kind == AuditKind.Policy
            ? []
            : [.. _decision.Call.Arguments.Names().Take(MostKeys).Select(static name => name.Length > LongestKey ? name[..LongestKey] : name).Order(StringComparer.Ordinal)];
}
