namespace PolicyLayer.Sdk.Compilation;

/// <summary>One policy, ready to be run.</summary>
/// <param name="name">What its counters belong to.</param>
/// <param name="version"><c>sha256:…</c> of its text.</param>
/// <param name="defaultAllow">What happens to tools that no entry names.</param>
/// <param name="tools">What it says of each tool.</param>
internal sealed class CompiledPolicy(string name, string version, bool defaultAllow, ToolTable tools)
{
    public string Name { get; } = name;

    public string Version { get; } = version;

    public bool DefaultAllow { get; } = defaultAllow;

    public ToolRules Find(string tool) => tools.Find(tool);

    /// <inheritdoc cref="ToolTable.Names"/>
    public bool Names(string tool) => tools.Names(tool);

    /// <inheritdoc cref="ToolTable.FindAsUnknown"/>
    public ToolRules FindAsUnknown(string tool) => tools.FindAsUnknown(tool);
}
