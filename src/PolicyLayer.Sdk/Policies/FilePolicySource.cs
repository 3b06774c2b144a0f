namespace PolicyLayer.Sdk.Policies;

/// <summary>A policy in a file.</summary>
internal sealed class FilePolicySource(string path) : IPolicySource
{
    public ToolPolicy Load() => ToolPolicy.Load(path);
}
