using Microsoft.Extensions.Logging.Abstractions;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Cli.Approvals;

/// <summary>The audit trail of answers, which is open before anything is answered.</summary>
/// <param name="file">Where it is written; null: nowhere.</param>
internal sealed class AnswerTrail(AuditFile? file) : IDisposable
{
    private readonly JsonLinesAuditSink? _sink = file?.Open();

    /// <summary>A store whose answers are recorded; an approval that cannot be is taken back.</summary>
    public IApprovalStore Around(IApprovalStore store) => _sink is null
        ? store
        : new RecordedApprovalStore(store, new AuditDispatcher([_sink], isRequired: true, new GuardTelemetry(NullLogger.Instance)), TimeProvider.System, isOwned: false);

    public void Dispose() => _sink?.Dispose();
}
