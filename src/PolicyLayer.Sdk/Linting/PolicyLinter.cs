using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds what a sound document hardly means (policy format, section 3). It never changes what is decided.</summary>
internal static class PolicyLinter
{
    /// <param name="root">A document of this generation, without errors.</param>
    /// <param name="tools">The tools that there are; null when nobody knows.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public static void Lint(DocumentNode root, ToolCatalog? tools, DiagnosticBag diagnostics)
    {
        DocumentNode[] entries = root.Find("tools")?.Children ?? [];
        DocumentNode[] hidden = root.Find("hide")?.Children ?? [];
        NameLints.Lint(entries, hidden, tools, diagnostics);
        foreach (DocumentNode entry in entries)
        {
            if (diagnostics.IsFull)
            {
                return;
            }

            LintEntry(entry, new ToolPattern(entry.Name!), hidden, tools, diagnostics);
        }

        if (root.Find("all_tools") is { } all)
        {
            LintEntry(all, null, hidden, tools, diagnostics);
        }
    }

    private static void LintEntry(DocumentNode entry, ToolPattern? pattern, DocumentNode[] hidden, ToolCatalog? tools, DiagnosticBag diagnostics)
    {
        DocumentNode[] says = [.. entry.Children.Where(static member => member.Name is "require" or "deny_if" or "require_approval" or "limits" or "rate_limit" or "arguments")];
        if (says.Length > 0 && entry.Find("action")?.Text == "deny")
        {
            diagnostics.Warning(DiagnosticCodes.NoEffect, says[0], $"`{says[0].Name}` never takes effect: `\"action\": \"deny\"` beside it refuses every call");
            return;
        }

        if (pattern is not null && says.Length > 0 && Array.Find(hidden, hide => Covers(hide.Text!, pattern)) is { } cover)
        {
            diagnostics.Warning(DiagnosticCodes.HiddenWithRules, entry, $"`{entry.Name}` has rules, but `hide` has `{cover.Text}`, so nobody can call it; remove one of the two");
            return;
        }

        var required = new RequiredArguments(entry, pattern, tools);
        foreach (DocumentNode rule in entry.Find("require")?.Children ?? [])
        {
            ConditionLints.Lint(rule.Find("conditions")!, truthPasses: true, required, diagnostics);
        }

        foreach (DocumentNode rule in entry.Find("deny_if")?.Children ?? [])
        {
            ConditionLints.Lint(rule.Find("conditions")!, truthPasses: false, required, diagnostics);
        }

        foreach (DocumentNode limit in entry.Find("limits")?.Children ?? [])
        {
            if ((limit.Find("max") ?? limit.Find("concurrent")) is { Kind: JsonValueKind.Number } most && decimal.TryParse(most.Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal value) && value == 0)
            {
                diagnostics.Warning(DiagnosticCodes.NoEffect, most, $"`{most.Name}` is 0, so every call is refused; write `\"action\": \"deny\"` to say so");
            }
        }
    }

    /// <summary>Whether a pattern of <c>hide</c> covers all that another can match: it is the same, or matches it as a text.</summary>
    private static bool Covers(string hide, ToolPattern pattern) =>
        hide == pattern.Text || (pattern.IsExact && new ToolPattern(hide).Matches(pattern.Text)) || hide == "*";
}
