using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Testing;

/// <summary>An audit record that outlives its call: what an audit file would have said of it. Immutable, and without the value of any argument.</summary>
public sealed class RecordedAudit
{
    internal RecordedAudit(in AuditRecord record)
    {
        Kind = record.Kind;
        Timestamp = record.Timestamp;
        Elapsed = record.Elapsed;
        PolicyVersion = record.PolicyVersion;
        ArgumentKeys = record.GetArgumentKeys();
        Outcome = record.Outcome;
        ToolDecision decision = record.Decision;
        DecisionId = decision.Id;
        Tool = decision.Call.Tool;
        GrantId = decision.Call.Grant?.Id;
        GrantLabel = decision.Call.Grant?.Label;
        Session = decision.Call.Session;
        User = decision.Call.User;
        Server = decision.Call.Server;
        if (Kind != AuditKind.Policy)
        {
            Reason = decision.Reason;
            IsAllowed = decision.IsAllowed;
            Rule = decision.Rule;
            Message = Kind == AuditKind.Approval ? null : decision.Message;
            ApprovalId = decision.ApprovalId;
            AnsweredBy = decision.Denial?.Approval?.AnsweredBy;
        }
    }

    /// <summary>What it tells of.</summary>
    public AuditKind Kind { get; }

    /// <summary>When, in UTC.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>From the call to the record.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The version of the policies in force, or null.</summary>
    public string? PolicyVersion { get; }

    /// <summary>The decision's name, which the outcome of its call has too; null on a record of <see cref="AuditKind.Policy"/> or <see cref="AuditKind.Approval"/>.</summary>
    public string? DecisionId { get; }

    /// <summary>The tool's name as the model sent it; null on a record of <see cref="AuditKind.Policy"/>.</summary>
    public string? Tool { get; }

    /// <summary>The id of the grant, or null.</summary>
    public string? GrantId { get; }

    /// <summary>The grant's text for people, or null.</summary>
    public string? GrantLabel { get; }

    /// <summary>The session, or null.</summary>
    public string? Session { get; }

    /// <summary>The user behind the grant, or null.</summary>
    public string? User { get; }

    /// <summary>The server that offers the tool, as the host calls it, or null.</summary>
    public string? Server { get; }

    /// <summary>Why the call was decided as it was, or what a person answered; null on a record of <see cref="AuditKind.Policy"/>.</summary>
    public DecisionReason? Reason { get; }

    /// <summary>Whether the call was allowed; null on a record of <see cref="AuditKind.Policy"/>.</summary>
    public bool? IsAllowed { get; }

    /// <summary>The rule that spoke; null when allowed.</summary>
    public string? Rule { get; }

    /// <summary>What the model was told; empty when allowed, null on a record of <see cref="AuditKind.Policy"/> or <see cref="AuditKind.Approval"/>.</summary>
    public string? Message { get; }

    /// <summary>The name under which the call waits for approval, or null.</summary>
    public string? ApprovalId { get; }

    /// <summary>Who answered for people, as the store of approvals has it, or null.</summary>
    public string? AnsweredBy { get; }

    /// <summary>The names of the arguments, sorted; at most 100, each cut to 128 characters.</summary>
    public IReadOnlyList<string> ArgumentKeys { get; }

    /// <summary>What became of the call; null unless <see cref="Kind"/> is <see cref="AuditKind.Outcome"/>.</summary>
    public ToolOutcome? Outcome { get; }

    /// <summary>The record in a few words, for the text of a failed test.</summary>
    public override string ToString() => Kind switch
    {
        AuditKind.Decision => $"decision: {ShownName.Of(Tool)}: {DecisionText.Code(Reason.GetValueOrDefault())}",
        AuditKind.Approval => $"approval: {ShownName.Of(Tool)}: {DecisionText.Code(Reason.GetValueOrDefault())}",
        AuditKind.Outcome => $"outcome: {ShownName.Of(Tool)}: {Outcome}",
        _ => $"policy: {PolicyVersion}",
    };
}
