namespace PolicyLayer.Sdk.Telemetry;

/// <summary>The names of tags. Those of OpenTelemetry where its semantic conventions have one.</summary>
internal static class TagNames
{
    public const string Tool = "gen_ai.tool.name";
    public const string DecisionId = "policylayer.decision.id";
    public const string Reason = "policylayer.decision.reason";
    public const string Result = "policylayer.decision.result";
    public const string Rule = "policylayer.rule";
    public const string Grant = "policylayer.grant.id";
    public const string PolicyVersion = "policylayer.policy.version";
    public const string Outcome = "policylayer.outcome";
    public const string Failure = "policylayer.failure";
}
