using System.Collections.Concurrent;
using System.Threading.Channels;

namespace PolicyLayer.Sdk.Mcp.Tests;

/// <summary>Keeps what the audit trail says of calls, and lets a test wait for what became of a call.</summary>
internal sealed class RecordingSink : IAuditSink
{
    private readonly Channel<ToolOutcome> _outcomes = Channel.CreateUnbounded<ToolOutcome>();

    public ConcurrentQueue<Entry> Entries { get; } = [];

    /// <summary>Every decision, as <c>tool reason</c>.</summary>
    public IEnumerable<string> Decisions => Entries.Where(static entry => entry.Outcome is null).Select(static entry => $"{entry.Tool} {entry.Reason}");

    /// <summary>What became of the allowed calls, in the order they were settled.</summary>
    public IEnumerable<ToolOutcome> Outcomes => Entries.Where(static entry => entry.Outcome is not null).Select(static entry => entry.Outcome!.Value);

    public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (record.Kind == AuditKind.Policy)
        {
            return default;
        }

        ToolDecision decision = record.Decision;
        Entries.Enqueue(new Entry(decision.Call.Tool, decision.ReasonCode, decision.Call.Grant?.Id, decision.Call.User, decision.Call.Session, decision.Call.Server, record.Outcome));
        if (record.Outcome is { } outcome)
        {
            _outcomes.Writer.TryWrite(outcome);
        }

        return default;
    }

    public ValueTask<ToolOutcome> NextOutcomeAsync() => _outcomes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public sealed record Entry(string? Tool, string Reason, string? Grant, string? User, string? Session, string? Server, ToolOutcome? Outcome);
}
