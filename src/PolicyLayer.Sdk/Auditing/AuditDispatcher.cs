using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>Hands each record to every sink. What a failure means is the host's choice: best effort, or no call without a record.</summary>
internal sealed class AuditDispatcher(IReadOnlyList<IAuditSink> sinks, bool isRequired, ILogger logger)
{
    private readonly IAuditSink[] _sinks = [.. sinks];
    private readonly ILogger _logger = QuietLogger.Around(logger);

    public bool IsEmpty => _sinks.Length == 0;

    /// <summary>Writes a record everywhere.</summary>
    /// <returns>Whether the call may go on as far as the audit is concerned.</returns>
    public async ValueTask<bool> WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        bool written = true;
        foreach (IAuditSink sink in _sinks)
        {
            try
            {
                await sink.WriteAsync(record, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Log.AuditFailed(_logger, sink.GetType().Name, e.GetType().Name);
                written = false;
            }
        }

        return written || !isRequired;
    }
}
