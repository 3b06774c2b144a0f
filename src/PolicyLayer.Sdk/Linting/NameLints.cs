using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Linting.Names;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Lints of tool names: those that look like another, and those that match nothing.</summary>
internal static class NameLints
{
    public static void Lint(DocumentNode[] entries, DocumentNode[] hidden, ToolCatalog? tools, DiagnosticBag diagnostics)
    {
        if (tools is null)
        {
            LintAmongThemselves(entries, diagnostics);
            return;
        }

        var listed = new ListedNames(tools);
        foreach ((DocumentNode node, string text) in entries.Select(static entry => (entry, entry.Name!)).Concat(hidden.Select(static hide => (hide, hide.Text!))))
        {
            if (diagnostics.IsFull)
            {
                return;
            }

            LintAgainst(node, new ToolPattern(text), listed, diagnostics);
        }
    }

    /// <summary>Names are looked up, so that many cost no more than their number.</summary>
    private static void LintAmongThemselves(DocumentNode[] entries, DiagnosticBag diagnostics)
    {
        var seen = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        var slips = new Slips(entries.Select(static entry => entry.Name!));
        foreach (DocumentNode entry in entries)
        {
            string name = entry.Name!;
            string key = ListedNames.KeyOf(name);
            if (!seen.TryAdd(key, entry))
            {
                diagnostics.Warning(DiagnosticCodes.LooksLikeAnother, entry, $"`{name}` and `{seen[key].Name}` are two tools: names are compared exactly");
            }
            else if (new ToolPattern(name).IsExact && slips.FindAndAdd(name) is { } other)
            {
                diagnostics.Warning(DiagnosticCodes.LooksLikeAnother, entry, $"`{name}` and `{other}` are two tools: names are compared exactly; is one of them misspelt?");
            }
        }
    }

    private static void LintAgainst(DocumentNode node, ToolPattern pattern, ListedNames listed, DiagnosticBag diagnostics)
    {
        if (listed.HasMatch(pattern))
        {
            return;
        }

        if (pattern.IsExact && listed.Nearest(pattern.Text) is { } near)
        {
            diagnostics.Warning(DiagnosticCodes.LooksLikeAnother, node, $"there is no tool `{pattern.Text}`; did you mean `{near}`?");
        }
        else
        {
            diagnostics.Warning(DiagnosticCodes.MatchesNothing, node, $"`{pattern.Text}` matches none of the listed tools");
        }
    }
}
