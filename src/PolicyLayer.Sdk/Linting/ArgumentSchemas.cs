using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>The schemas that the arguments of an entry's calls must satisfy.</summary>
internal sealed class ArgumentSchemas
{
    private readonly List<(JsonElement Schema, string Name)> _all = [];

    /// <param name="entry">The entry.</param>
    /// <param name="pattern">Its pattern; null for <c>all_tools</c>.</param>
    /// <param name="tools">The tools that there are; null when nobody knows.</param>
    public ArgumentSchemas(DocumentNode entry, ToolPattern? pattern, ToolCatalog? tools)
    {
        if (entry.Find("arguments") is { Kind: JsonValueKind.Object } arguments)
        {
            _all.Add((arguments.ToElement(), "`arguments`"));
        }

        if (pattern is { IsExact: true } && tools?.Find(pattern.Text) is { InputSchema.ValueKind: JsonValueKind.Object } tool)
        {
            _all.Add((tool.InputSchema, "the tool's own schema"));
        }
    }

    /// <summary>Each with what a reader knows it by.</summary>
    public IReadOnlyList<(JsonElement Schema, string Name)> All => _all;
}
