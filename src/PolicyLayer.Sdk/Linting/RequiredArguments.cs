using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Which arguments a call of a tool cannot leave out, as far as an entry and the tool's own schema say.</summary>
internal sealed class RequiredArguments
{
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _schemas = [];

    public RequiredArguments(DocumentNode entry, ToolPattern? pattern, ToolCatalog? tools)
    {
        // A `require` is false for what is absent, so a call that leaves the argument out does not get as far.
        foreach (ConditionDemand demand in Conjunction.OfRequire(entry).Groups.SelectMany(static group => group).Where(static demand => !demand.IsAbsence))
        {
            for (int length = 1; length <= demand.Path.Segments.Length; length++)
            {
                _present.Add(Conjunction.KeyOf(demand.Path.Root, demand.Path.Segments.AsSpan(0, length)));
            }
        }

        if (entry.Find("arguments") is { Kind: JsonValueKind.Object } arguments)
        {
            _schemas.Add(arguments.ToElement());
        }

        if (pattern is { IsExact: true } && tools?.Find(pattern.Text) is { InputSchema.ValueKind: JsonValueKind.Object } tool)
        {
            _schemas.Add(tool.InputSchema);
        }
    }

    /// <summary>Whether a path leads to an argument, or into one, and there may be nothing.</summary>
    public bool CanBeLeftOut(ValuePath path) =>
        path.Root == PathRoot.Arguments && !_present.Contains(Conjunction.KeyOf(path)) && !_schemas.Exists(schema => SchemaFacts.Requires(schema, path));
}
