using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Counting.Timeouts;
using PolicyLayer.Sdk.Telemetry;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>Short ways to a policy, a guard and a verdict.</summary>
internal static class Judging
{
    /// <summary>A policy under which only the tools written here may run.</summary>
    public static ToolPolicy Tools(string tools, string name = "policy") =>
        ToolPolicy.Parse($$"""{ "version": "1", "default": "deny", "tools": {{tools}} }""", name);

    /// <summary>A policy from everything but its version.</summary>
    public static ToolPolicy Policy(string members, string name = "policy") =>
        ToolPolicy.Parse($$"""{ "version": "1", {{members}} }""", name);

    public static ToolGuard Guard(
        IReadOnlyList<ToolPolicy> policies,
        TimeProvider? time = null,
        IReadOnlyList<IAuditSink>? sinks = null,
        bool requireAudit = false,
        ICounterStore? counters = null,
        ILogger? logger = null,
        IApprovalHandler? approvals = null,
        StoreRules? store = null,
        ToolPolicyMetrics? metrics = null,
        ApprovalRecords? records = null)
    {
        time ??= new ManualTimeProvider();
        var telemetry = new GuardTelemetry(logger ?? NullLogger.Instance, metrics);
        return new ToolGuard(
            new PolicySet([.. policies.Select(static policy => policy.Compiled)]),
            counters ?? new MemoryCounterStore(time),
            new AuditDispatcher(sinks ?? [], requireAudit, telemetry),
            approvals ?? NobodyAnswers.Instance,
            time,
            telemetry,
            store,
            records: records);
    }

    public static ToolDecision Decide(this ToolGuard guard, string tool, string? arguments = null, Grant? grant = null) =>
        guard.Decide(new ToolCall(grant ?? Grant.Default, tool, arguments is null ? default : JsonElement.Parse(arguments)));

    public static ToolCall Call(string tool, string? arguments = null) => new(Grant.Default, tool, arguments is null ? default : JsonElement.Parse(arguments));

    public static ToolDecision Decide(this ToolGuard guard, ToolCall call) => guard.AuthorizeAsync(call).AsTask().GetAwaiter().GetResult();

    public static void Complete(this ToolGuard guard, ToolDecision decision, ToolOutcome outcome) =>
        guard.CompleteAsync(decision, outcome).AsTask().GetAwaiter().GetResult();

    /// <summary>The verdict of a policy without limits on one call.</summary>
    public static ToolDecision Decide(this ToolPolicy policy, string tool, string? arguments = null) =>
        Guard([policy]).Decide(tool, arguments);

    public static string ToJson(this ToolDecision decision)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            decision.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
