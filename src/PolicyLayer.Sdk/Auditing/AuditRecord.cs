using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Decisions;

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

    /// <summary>The record of an answer: what it means for the call, as the next decision of it would say.</summary>
    internal static AuditRecord OfAnswer(StoredApproval answered, DateTimeOffset timestamp)
    {
        var call = new ToolCall(new Grant(answered.Grant, answered.GrantLabel), answered.Tool) { Session = answered.Session, User = answered.User, Server = answered.Server };
        DecisionReason reason = answered.Status == ApprovalStatus.Approved ? DecisionReason.Approved : DecisionReason.ApprovalDenied;
        var decision = new ToolDecision(call, null, reason, default, new Denial(new RuleReference(answered.Rules[0])) { Approval = answered }, null);
        return new AuditRecord(AuditKind.Approval, timestamp, answered.PolicyVersion, decision, null, TimeSpan.Zero);
    }

    /// <summary>What it tells of.</summary>
    public AuditKind Kind { get; }

    /// <summary>When, in UTC.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The version of the policies in force, or null.</summary>
    public string? PolicyVersion { get; }

    /// <summary>The decision: of the call that was decided or settled; the default on a record of <see cref="AuditKind.Policy"/>. Of <see cref="AuditKind.Approval"/> the answer, <see cref="DecisionReason.Approved"/> or <see cref="DecisionReason.ApprovalDenied"/>, with the call that waits but for its arguments.</summary>
    public ToolDecision Decision => _decision;

    /// <summary>What became of the call; null unless <see cref="Kind"/> is <see cref="AuditKind.Outcome"/>.</summary>
    public ToolOutcome? Outcome { get; }

    /// <summary>From the call to this record; zero on one of an answer.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The names of the arguments, sorted; at most 100, each cut to 128 characters. Read it before the sink returns: the arguments are not kept.</summary>
    public IReadOnlyList<string> GetArgumentKeys()
    {
        if (Kind is AuditKind.Policy or AuditKind.Approval)
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
