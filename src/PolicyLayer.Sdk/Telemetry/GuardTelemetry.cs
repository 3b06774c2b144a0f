using Microsoft.Extensions.Logging;

namespace PolicyLayer.Sdk.Telemetry;

/// <summary>Where a guard tells its operators what happens. What failed is a line in the log, and counted; of what was thrown the type alone, for a message might quote an argument.</summary>
internal sealed class GuardTelemetry(ILogger logger, ToolPolicyMetrics? metrics = null)
{
    /// <summary>The log, which never throws.</summary>
    public ILogger Logger { get; } = QuietLogger.Around(logger);

    /// <summary>The metrics; those of no host in particular where none were given.</summary>
    public ToolPolicyMetrics Metrics { get; } = metrics ?? ToolPolicyMetrics.Shared;

    public void EvaluationFailed(Exception e)
    {
        Metrics.Failed("evaluation");
        Log.EvaluationFailed(Logger, e.GetType().Name);
    }

    public void StoreFailed(Exception e)
    {
        Metrics.Failed("store");
        Log.StoreFailed(Logger, e.GetType().Name);
    }

    public void AuditFailed(IAuditSink sink, Exception e)
    {
        Metrics.Failed("audit");
        Log.AuditFailed(Logger, sink.GetType().Name, e.GetType().Name);
    }

    public void SettlingFailed(Exception e)
    {
        Metrics.Failed("settlement");
        Log.SettlingFailed(Logger, e.GetType().Name);
    }

    public void ApprovalFailed(Exception e)
    {
        Metrics.Failed("approval");
        Log.ApprovalFailed(Logger, e.GetType().Name);
    }

    public void LimiterFailed(Exception e)
    {
        Metrics.Failed("limiter");
        Log.LimiterFailed(Logger, e.GetType().Name);
    }

    public void GrantUnknown(Exception e)
    {
        Metrics.Failed("grant");
        Log.GrantUnknown(Logger, e.GetType().Name);
    }

    public void InputSchemaNotEnforceable(string tool, string problem)
    {
        Metrics.Failed("input_schema");
        Log.InputSchemaNotEnforceable(Logger, tool, problem);
    }

    public void PolicyNotReloaded(string file, string problem)
    {
        Metrics.Failed("reload");
        Log.PolicyNotReloaded(Logger, file, problem);
    }

    public void ReloadFailed(Exception e)
    {
        Metrics.Failed("reload");
        Log.ReloadFailed(Logger, e.GetType().Name);
    }
}
