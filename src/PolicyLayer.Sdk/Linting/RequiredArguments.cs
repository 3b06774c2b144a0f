using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Which arguments a call of a tool cannot leave out, as far as an entry and the tool's own schema say.</summary>
internal sealed class RequiredArguments
{
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly List<JsonElement> _schemas = [];

    /// <param name="entry">The entry.</param>
    /// <param name="required">What its <c>require</c> demands.</param>
    /// <param name="pattern">Its pattern; null of <c>all_tools</c>.</param>
    /// <param name="tools">The tools that there are; null when nobody knows.</param>
    public RequiredArguments(DocumentNode entry, IEnumerable<ConditionDemand> required, ToolPattern? pattern, ToolCatalog? tools)
    {
        // A `require` is false for what is absent, and a `deny_if` may ask for just that, so a call that leaves the argument out does not get as far.
        foreach (ValuePath path in required.Where(static demand => !demand.IsAbsence).Select(static demand => demand.Path).Concat(DeniedWithout(entry)))
        {
            for (int length = 1; length <= path.Segments.Length; length++)
            {
                _present.Add(Conjunction.KeyOf(path.Root, path.Segments.AsSpan(0, length)));
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

    /// <summary>What a <c>deny_if</c> by itself wants to be there.</summary>
    private static IEnumerable<ValuePath> DeniedWithout(DocumentNode entry)
    {
        foreach (DocumentNode rule in entry.Find("deny_if")?.Children ?? [])
        {
            if (rule.Find("conditions")!.Children is [var condition] && condition.Find("op")?.Text == OperatorFactory.Exists && condition.Find("value")!.Kind == JsonValueKind.False
                && PathParser.TryParse(condition.Find("path")!.Text!, out ValuePath? path, out _) && !path.HasEvery)
            {
                yield return path;
            }
        }
    }
}
