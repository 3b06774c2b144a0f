namespace PolicyLayer.Sdk.Compilation;

/// <summary>Asks a person before the call runs, when its conditions are true or unknown.</summary>
/// <param name="Rule">The conditions, and the reason that the person and the agent read.</param>
/// <param name="Expires">How long the answer may take.</param>
internal sealed record CompiledApprovalRule(CompiledRule Rule, TimeSpan Expires);
