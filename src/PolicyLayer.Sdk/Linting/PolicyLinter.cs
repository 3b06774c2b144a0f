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
        DocumentNode[] hide = root.Find("hide")?.Children ?? [];
        var hidden = new HiddenPatterns(hide);
        NameLints.Lint(entries, hide, tools, diagnostics);
        var counters = new CounterLints(diagnostics);
        foreach (DocumentNode entry in entries)
        {
            if (diagnostics.IsFull)
            {
                return;
            }

            LintEntry(entry, new ToolPattern(entry.Name!), hidden, tools, diagnostics);
            counters.Lint(entry);
        }

        if (root.Find("all_tools") is { } all)
        {
            LintEntry(all, null, hidden, tools, diagnostics);
            counters.Lint(all);
        }
    }

    private static void LintEntry(DocumentNode entry, ToolPattern? pattern, HiddenPatterns hidden, ToolCatalog? tools, DiagnosticBag diagnostics)
    {
        DocumentNode[] says = [.. entry.Children.Where(static member => member.Name is "require" or "deny_if" or "require_approval" or "limits" or "rate_limit" or "arguments")];
        if (says.Length > 0 && entry.Find("action")?.Text == "deny")
        {
            diagnostics.Warning(DiagnosticCodes.NoEffect, says[0], $"`{says[0].Name}` never takes effect: `\"action\": \"deny\"` beside it refuses every call");
            return;
        }

        if (pattern is not null && says.Length > 0 && hidden.Covering(pattern) is { } cover)
        {
            diagnostics.Warning(DiagnosticCodes.HiddenWithRules, entry, $"`{entry.Name}` has rules, but `hide` has `{cover}`, so nobody can call it; remove one of the two");
            return;
        }

        var required = new RequiredArguments(entry, pattern, tools);
        var places = new PlaceLints(entry, diagnostics);
        foreach ((string member, RuleKind kind) in RuleKinds.All)
        {
            var conditions = new ConditionLints(kind, required, places, diagnostics);
            foreach (DocumentNode rule in entry.Find(member)?.Children ?? [])
            {
                conditions.Lint(rule.Find("conditions")!, kind.TruthPasses());
            }
        }

        ContradictionLints.Lint(entry, diagnostics);
        new SchemaLints(entry, pattern, tools, diagnostics).Lint(entry);
        foreach (DocumentNode limit in entry.Find("limits")?.Children ?? [])
        {
            if ((limit.Find("max") ?? limit.Find("concurrent")) is { Kind: JsonValueKind.Number } most && decimal.TryParse(most.Text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal value) && value == 0)
            {
                diagnostics.Warning(DiagnosticCodes.NoEffect, most, $"`{most.Name}` is 0, so every call is refused; write `\"action\": \"deny\"` to say so");
            }
        }
    }
}
