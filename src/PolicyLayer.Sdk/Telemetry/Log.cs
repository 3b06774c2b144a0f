using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Telemetry;

/// <summary>Every log line of the package. None holds the value of an argument.</summary>
internal static partial class Log
{
    /// <summary>Whether a decision is told: allowances to those who debug, denials to everybody.</summary>
    public static bool Tells(ILogger logger, DecisionReason reason) =>
        logger.IsEnabled(reason.IsAllowance() ? LogLevel.Debug : LogLevel.Information);

    /// <summary>Whether some decisions are told.</summary>
    public static bool TellsAny(ILogger logger) => logger.IsEnabled(LogLevel.Debug) || logger.IsEnabled(LogLevel.Information);

    /// <summary>Tells a decision, where somebody wants it.</summary>
    public static void Decided(ILogger logger, in ToolDecision decision)
    {
        if (!Tells(logger, decision.Reason))
        {
            return;
        }

        if (decision.IsAllowed)
        {
            Allowed(logger, ShownName.Of(decision.Call.Tool), decision.Call.Grant?.Id, decision.Id);
        }
        else
        {
            Denied(logger, ShownName.Of(decision.Call.Tool), decision.Call.Grant?.Id, decision.ReasonCode, decision.Rule, decision.Id);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Allowed: tool {Tool}, grant {Grant}, decision {Id}")]
    private static partial void Allowed(ILogger logger, string tool, string? grant, string? id);

    [LoggerMessage(2, LogLevel.Information, "Denied: tool {Tool}, grant {Grant}, reason {Reason}, rule {Rule}, decision {Id}")]
    private static partial void Denied(ILogger logger, string tool, string? grant, string reason, string? rule, string? id);

    [LoggerMessage(3, LogLevel.Error, "A call could not be judged and was denied: {Failure}")]
    public static partial void EvaluationFailed(ILogger logger, string failure);

    [LoggerMessage(4, LogLevel.Error, "The counters did not answer ({Failure}); what needs them is denied")]
    public static partial void StoreFailed(ILogger logger, string failure);

    [LoggerMessage(5, LogLevel.Error, "{Sink} did not take an audit record: {Failure}")]
    public static partial void AuditFailed(ILogger logger, string sink, string failure);

    [LoggerMessage(6, LogLevel.Information, "Policy {Name} in force: {Version}")]
    public static partial void PolicyInForce(ILogger logger, string name, string version);

    [LoggerMessage(7, LogLevel.Warning, "Policies are configured, but nothing enforces them in this MCP server: add .WithToolPolicies() to AddMcpServer()")]
    public static partial void NothingEnforces(ILogger logger);

    [LoggerMessage(9, LogLevel.Error, "Nobody could be asked for approval, so the call was denied: {Failure}")]
    public static partial void ApprovalFailed(ILogger logger, string failure);

    [LoggerMessage(10, LogLevel.Error, "The input schema of tool {Tool} cannot be enforced, so every call of it is denied: {Problem}")]
    public static partial void InputSchemaNotEnforceable(ILogger logger, string tool, string problem);

    [LoggerMessage(8, LogLevel.Error, "An allowed call could not be settled, so what it reserved stays spent: {Failure}")]
    public static partial void SettlingFailed(ILogger logger, string failure);

    [LoggerMessage(11, LogLevel.Warning, "Allowed without being counted, for the counters did not answer: tool {Tool}, grant {Grant}, decision {Id}")]
    public static partial void AllowedUncounted(ILogger logger, string tool, string? grant, string? id);

    [LoggerMessage(13, LogLevel.Error, "The policy file {File} has changed and cannot be used, so the policy before stays in force: {Problem}")]
    public static partial void PolicyNotReloaded(ILogger logger, string file, string problem);

    [LoggerMessage(14, LogLevel.Error, "Changed policies could not be put in force or recorded: {Failure}")]
    public static partial void ReloadFailed(ILogger logger, string failure);

    [LoggerMessage(101, LogLevel.Error, "The grant of a caller could not be found ({Failure}); the request is treated as nobody's")]
    public static partial void GrantUnknown(ILogger logger, string failure);

    /// <param name="logger">The log.</param>
    /// <param name="exception">The type of what was thrown.</param>
    [LoggerMessage(12, LogLevel.Error, "A rate limiter of the host failed ({Exception}), so the call was refused")]
    public static partial void LimiterFailed(ILogger logger, string exception);
}
