namespace PolicyLayer.Sdk.Policies;

/// <summary>A policy that the host has read itself.</summary>
internal sealed class FixedPolicySource(ToolPolicy policy) : IPolicySource
{
    public ToolPolicy Load() => policy;
}
