using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Lints of tool names: those that look like another, and those that match nothing.</summary>
internal static class NameLints
{
    public static void Lint(DocumentNode[] entries, DocumentNode[] hidden, ToolCatalog? tools, DiagnosticBag diagnostics)
    {
        if (tools is not null)
        {
            foreach ((DocumentNode node, string text) in entries.Select(static entry => (entry, entry.Name!)).Concat(hidden.Select(static hide => (hide, hide.Text!))))
            {
                LintAgainst(node, new ToolPattern(text), tools, diagnostics);
            }

            return;
        }

        // Names that differ only in case and in what joins their words; looked up, so that many names cost no more than their number.
        var seen = new Dictionary<string, DocumentNode>(StringComparer.Ordinal);
        foreach (DocumentNode entry in entries)
        {
            string key = entry.Name!.Replace("-", string.Empty, StringComparison.Ordinal).Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
            if (!seen.TryAdd(key, entry))
            {
                diagnostics.Warning(DiagnosticCodes.LooksLikeAnother, entry, $"`{entry.Name}` and `{seen[key].Name}` are two tools: names are compared exactly");
            }
        }
    }

    private static void LintAgainst(DocumentNode node, ToolPattern pattern, ToolCatalog tools, DiagnosticBag diagnostics)
    {
        if (pattern.IsExact ? tools.Find(pattern.Text) is not null : tools.Tools.Any(tool => pattern.Matches(tool.Name)))
        {
            return;
        }

        string? near = pattern.IsExact ? NearestName.Find(pattern.Text, [.. tools.Tools.Select(static tool => tool.Name)]) : null;
        if (near is not null)
        {
            diagnostics.Warning(DiagnosticCodes.LooksLikeAnother, node, $"there is no tool `{pattern.Text}`; did you mean `{near}`?");
        }
        else
        {
            diagnostics.Warning(DiagnosticCodes.MatchesNothing, node, $"`{pattern.Text}` matches none of the listed tools");
        }
    }
}
