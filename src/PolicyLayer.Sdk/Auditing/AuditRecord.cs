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
    public IReadOnlyList<string> GetArgumentKeys()
    {
        if (Kind == AuditKind.Policy)
        {
            return [];
        }

        try
        {
            return [.. _decision.Call.Arguments.Names().Take(MostKeys).Select(Shorten).Order(StringComparer.Ordinal)];
        }
        catch (ObjectDisposedException)
        {
            // A call whose arguments are gone was denied; that it came is recorded all the same.
            return [];
        }
    }

    /// <summary>Cuts a name, never a character.</summary>
    private static string Shorten(string name) =>
        name.Length <= LongestKey ? name : name[..(char.IsHighSurrogate(name[LongestKey - 1]) ? LongestKey - 1 : LongestKey)];
}
