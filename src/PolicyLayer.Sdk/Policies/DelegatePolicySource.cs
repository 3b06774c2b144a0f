namespace PolicyLayer.Sdk.Policies;

/// <summary>A policy that a function of the host's reads.</summary>
internal sealed class DelegatePolicySource(Func<ToolPolicy> load) : IPolicySource
{
    public ToolPolicy Load() => load();
}
