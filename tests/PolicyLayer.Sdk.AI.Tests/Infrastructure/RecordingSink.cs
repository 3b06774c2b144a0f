using System.Collections.Concurrent;

namespace PolicyLayer.Sdk.AI.Tests;

/// <summary>Keeps what the audit trail says of calls.</summary>
internal sealed class RecordingSink : IAuditSink
{
    private readonly ConcurrentQueue<(AuditKind Kind, ToolDecision Decision, ToolOutcome? Outcome)> _records = [];

    /// <summary>Every decision, as <c>tool reason</c>.</summary>
    public IEnumerable<string> Decisions => _records.Where(static record => record.Kind == AuditKind.Decision).Select(static record => $"{record.Decision.Call.Tool} {record.Decision.ReasonCode}");

    /// <summary>The servers of the calls.</summary>
    public IEnumerable<string?> Servers => _records.Select(static record => record.Decision.Call.Server);

    /// <summary>Whose the calls were.</summary>
    public IEnumerable<string?> Grants => _records.Where(static record => record.Kind == AuditKind.Decision).Select(static record => record.Decision.Call.Grant?.Id);

    /// <summary>What became of the allowed calls, in the order they were settled.</summary>
    public IEnumerable<ToolOutcome> Outcomes => _records.Where(static record => record.Kind == AuditKind.Outcome).Select(static record => record.Outcome!.Value);

    public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        _records.Enqueue((record.Kind, record.Decision, record.Outcome));
        return default;
    }
}
