using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Parsing.Checking;

/// <summary>A document without errors.</summary>
/// <param name="DefaultAllow">Whether tools that no entry names pass.</param>
/// <param name="Hide">Patterns of hidden tools.</param>
/// <param name="AllTools">The entry for every call, or null.</param>
/// <param name="Tools">Entries by pattern.</param>
internal sealed record PolicyDocument(bool DefaultAllow, IReadOnlyList<ToolPattern> Hide, CompiledEntry? AllTools, IReadOnlyList<CompiledEntry> Tools);
