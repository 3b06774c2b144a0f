using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;

namespace PolicyLayer.Testing;

/// <summary>Keeps what the audit says of calls, and lets a test wait for what became of one.</summary>
internal sealed class RecordingSink : IAuditSink
{
    private readonly Channel<ToolOutcome> _outcomes = Channel.CreateUnbounded<ToolOutcome>();

    /// <summary>Every decision, and what became of every allowed call, in the order in which they were recorded.</summary>
    public ConcurrentQueue<Entry> Entries { get; } = [];

    /// <summary>Every decision, as <c>tool reason</c>.</summary>
    public IEnumerable<string> Decisions => Decided.Select(static entry => $"{entry.Tool} {entry.Reason}");

    /// <summary>Whose each call was that was decided.</summary>
    public IEnumerable<string?> Grants => Decided.Select(static entry => entry.Grant);

    /// <summary>The server of each call that was decided.</summary>
    public IEnumerable<string?> Servers => Decided.Select(static entry => entry.Server);

    /// <summary>What became of the allowed calls, in the order in which they were settled.</summary>
    public IEnumerable<ToolOutcome> Outcomes => Entries.Select(static entry => entry.Outcome).OfType<ToolOutcome>();

    private IEnumerable<Entry> Decided => Entries.Where(static entry => entry.Outcome is null);

    /// <summary>A guard of a policy that records here.</summary>
    public ToolGuard Guard(string policy, Action<ToolPolicyBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        ToolPolicyBuilder builder = services.AddToolPolicies(options => options.AddPolicy(ToolPolicy.Parse(policy))).AddAuditSink(this);
        configure?.Invoke(builder);
        return services.BuildServiceProvider().GetRequiredService<ToolGuard>();
    }

    public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (record.Kind is AuditKind.Decision or AuditKind.Outcome)
        {
            ToolCall call = record.Decision.Call;
            Entries.Enqueue(new Entry(call.Tool, record.Decision.ReasonCode, call.Grant?.Id, call.User, call.Session, call.Server, record.Outcome));
        }

        if (record.Outcome is { } outcome)
        {
            _outcomes.Writer.TryWrite(outcome);
        }

        return default;
    }

    /// <summary>Waits for what becomes of the next call that nobody has waited for.</summary>
    public ValueTask<ToolOutcome> NextOutcomeAsync() => _outcomes.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public sealed record Entry(string? Tool, string Reason, string? Grant, string? User, string? Session, string? Server, ToolOutcome? Outcome);
}
