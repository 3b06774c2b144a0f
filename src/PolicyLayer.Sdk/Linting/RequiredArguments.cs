using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Which arguments a call of a tool cannot leave out, as far as an entry and the tool's own schema say.</summary>
internal sealed class RequiredArguments
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public RequiredArguments(DocumentNode entry, ToolPattern? pattern, ToolCatalog? tools)
    {
        foreach (DocumentNode name in entry.Find("arguments")?.Find("required")?.Children ?? [])
        {
            _names.Add(name.Text!);
        }

        // A `require` is false for what is absent, so a call that leaves the argument out does not get as far.
        foreach (DocumentNode rule in entry.Find("require")?.Children ?? [])
        {
            foreach (DocumentNode condition in rule.Find("conditions")?.Children ?? [])
            {
                if (condition.Find("path")?.Text is { } path && !(condition.Find("op")?.Text == "exists" && condition.Find("value")?.Kind == JsonValueKind.False) && TopLevel(path) is { } name)
                {
                    _names.Add(name);
                }
            }
        }

        if (pattern is { IsExact: true } && tools?.Find(pattern.Text) is { } tool)
        {
            _names.UnionWith(tool.Required);
        }
    }

    /// <summary>Whether a path leads to an argument of the top level that may be left out.</summary>
    public bool CanBeLeftOut(string path) => path.StartsWith("args.", StringComparison.Ordinal) && (TopLevel(path) is not { } name || !_names.Contains(name));

    /// <summary>The argument that a path of one step names, or null.</summary>
    private static string? TopLevel(string path) =>
        path.StartsWith("args.", StringComparison.Ordinal) && path["args.".Length..] is var name && !name.Contains('.', StringComparison.Ordinal) && name != "*" ? name : null;
}
