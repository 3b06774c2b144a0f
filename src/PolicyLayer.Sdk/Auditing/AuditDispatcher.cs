using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>Hands each record to every sink. What a failure means is the host's choice: best effort, or no call without a record.</summary>
internal sealed class AuditDispatcher(IReadOnlyList<IAuditSink> sinks, bool isRequired, GuardTelemetry telemetry)
{
    private readonly IAuditSink[] _sinks = [.. sinks];

    public bool IsEmpty => _sinks.Length == 0;

    /// <summary>Whether a call may go on as far as the audit is concerned.</summary>
    /// <param name="lost">The sinks that did not take its record; null when that was given up.</param>
    public bool MayGoOn(IReadOnlyCollection<IAuditSink>? lost) => lost is { Count: 0 } || (lost is not null && !isRequired);

    /// <summary>Writes a record to every sink but some.</summary>
    /// <returns>The sinks that did not take it.</returns>
    public async ValueTask<IReadOnlyCollection<IAuditSink>> WriteAsync(AuditRecord record, IReadOnlyCollection<IAuditSink> except, CancellationToken cancellationToken)
    {
        List<IAuditSink>? lost = null;
        foreach (IAuditSink sink in _sinks)
        {
            try
            {
                if (!except.Contains(sink))
                {
                    await sink.WriteAsync(record, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                telemetry.AuditFailed(sink, e);
                (lost ??= []).Add(sink);
            }
        }

        return lost ?? (IReadOnlyCollection<IAuditSink>)[];
    }
}
