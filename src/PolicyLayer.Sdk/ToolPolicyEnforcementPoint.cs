namespace PolicyLayer.Sdk;

/// <summary>Registered as a service by whatever enforces policies in a host, so that a host in which nothing does is warned at start.</summary>
/// <param name="name">What enforces, for people.</param>
public sealed class ToolPolicyEnforcementPoint(string name)
{
    /// <summary>What enforces, for people.</summary>
    public string Name { get; } = name;
}
