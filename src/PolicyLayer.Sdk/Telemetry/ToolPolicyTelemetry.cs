namespace PolicyLayer.Sdk;

/// <summary>The names under which metrics and traces of tool policies are listened to.</summary>
public static class ToolPolicyTelemetry
{
    /// <summary>The meter: decisions, how long they take, what became of allowed calls, and failures. Of a host with an <see cref="System.Diagnostics.Metrics.IMeterFactory"/> it comes from that.</summary>
    public const string MeterName = "PolicyLayer.Sdk";

    /// <summary>The activity source: one span around each decision.</summary>
    public const string ActivitySourceName = "PolicyLayer.Sdk";
}
