using System.Globalization;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds what a sound document hardly means (policy format, section 3). It never changes what is decided.</summary>
internal sealed class PolicyLinter
{
    private const string AllTools = "all_tools";

    private readonly DocumentNode _root;
    private readonly DocumentNode[] _entries;
    private readonly DocumentNode[] _hide;
    private readonly CoveringPatterns _hidden;
    private readonly CoveringPatterns _denied;
    private readonly ToolCatalog? _tools;
    private readonly DiagnosticBag _diagnostics;

    private PolicyLinter(DocumentNode root, ToolCatalog? tools, DiagnosticBag diagnostics)
    {
        _root = root;
        _entries = root.Find("tools")?.Children ?? [];
        _hide = root.Find("hide")?.Children ?? [];
        _hidden = new CoveringPatterns(_hide.Select(static hide => hide.Text!));
        _denied = new CoveringPatterns(_entries.Where(Denies).Select(static entry => entry.Name!));
        _tools = tools;
        _diagnostics = diagnostics;
    }

    /// <param name="root">A document of this generation, without errors.</param>
    /// <param name="tools">The tools that there are; null when nobody knows.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public static void Lint(DocumentNode root, ToolCatalog? tools, DiagnosticBag diagnostics) => new PolicyLinter(root, tools, diagnostics).Lint();

    private static bool Denies(DocumentNode entry) => entry.Find("action")?.Text == "deny";

    private void Lint()
    {
        NameLints.Lint(_entries, _hide, _tools, _diagnostics);
        var counters = new CounterLints(_diagnostics);
        foreach (DocumentNode entry in _entries)
        {
            if (_diagnostics.IsFull)
            {
                return;
            }

            LintEntry(entry, new ToolPattern(entry.Name!));
            counters.Lint(entry);
        }

        if (_root.Find(AllTools) is { } all)
        {
            LintEntry(all, null);
            counters.Lint(all);
        }
    }

    private void LintEntry(DocumentNode entry, ToolPattern? pattern)
    {
        DocumentNode[] says = [.. entry.Children.Where(static member => member.Name is "require" or "deny_if" or "require_approval" or "limits" or "rate_limit" or "arguments")];
        if (says.Length == 0 || !LintCovered(entry, pattern, says[0]))
        {
            LintRules(entry, pattern);
        }
    }

    /// <summary>Whether the rules of an entry take no effect, because something else refuses every call first.</summary>
    private bool LintCovered(DocumentNode entry, ToolPattern? pattern, DocumentNode first)
    {
        if (Denies(entry))
        {
            _diagnostics.Warning(DiagnosticCodes.NoEffect, first, $"`{first.Name}` never takes effect: `\"action\": \"deny\"` beside it refuses every call");
            return true;
        }

        if (pattern is not null && _hidden.Covering(pattern) is { } hide)
        {
            _diagnostics.Warning(DiagnosticCodes.HiddenWithRules, entry, $"`{entry.Name}` has rules, but `hide` has `{hide}`, so nobody can call it; remove one of the two");
            return true;
        }

        if (pattern is not null && Denier(pattern) is { } denier)
        {
            _diagnostics.Warning(DiagnosticCodes.NoEffect, first, $"`{first.Name}` never takes effect: `{denier}` has `\"action\": \"deny\"`, which refuses every call");
            return true;
        }

        return false;
    }

    /// <summary>The entry that refuses all that a pattern matches, or null.</summary>
    private string? Denier(ToolPattern pattern) => _root.Find(AllTools) is { } all && Denies(all) ? AllTools : _denied.Covering(pattern);

    private void LintRules(DocumentNode entry, ToolPattern? pattern)
    {
        var required = new RequiredArguments(entry, pattern, _tools);
        var places = new PlaceLints(entry, _diagnostics);
        foreach ((string member, RuleKind kind) in RuleKinds.All)
        {
            var conditions = new ConditionLints(kind, required, places, _diagnostics);
            foreach (DocumentNode rule in entry.Find(member)?.Children ?? [])
            {
                conditions.Lint(rule.Find("conditions")!, kind.TruthPasses());
            }
        }

        ContradictionLints.Lint(entry, _diagnostics);
        new SchemaLints(entry, pattern, _tools, _diagnostics).Lint(entry);
        LintLimits(entry);
    }

    private void LintLimits(DocumentNode entry)
    {
        IEnumerable<DocumentNode?> limits = (entry.Find("limits")?.Children ?? []).Append(entry.Find("rate_limit"));
        foreach (DocumentNode limit in limits.OfType<DocumentNode>())
        {
            if ((limit.Find("max") ?? limit.Find("concurrent")) is { Kind: JsonValueKind.Number } most && decimal.TryParse(most.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) && value == 0)
            {
                _diagnostics.Warning(DiagnosticCodes.NoEffect, most, $"`{most.Name}` is 0, so every call is refused; write `\"action\": \"deny\"` to say so");
            }
        }
    }
}
