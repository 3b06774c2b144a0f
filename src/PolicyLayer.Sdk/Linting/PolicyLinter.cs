using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Linting.Places;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds what a sound document hardly means (policy format, section 3). It never changes what is decided.</summary>
internal sealed class PolicyLinter
{
    private readonly DocumentNode _root;
    private readonly DocumentNode[] _entries;
    private readonly DocumentNode[] _hide;
    private readonly CoveringPatterns _hidden;
    private readonly CoveringPatterns _denied;
    private readonly HashSet<string> _shared;
    private readonly ToolCatalog? _tools;
    private readonly DiagnosticBag _diagnostics;

    private PolicyLinter(DocumentNode root, ToolCatalog? tools, DiagnosticBag diagnostics)
    {
        _root = root;
        _entries = root.Find("tools")?.Children ?? [];
        _hide = root.Find("hide")?.Children ?? [];
        _hidden = new CoveringPatterns(_hide.Select(static hide => hide.Text!));
        _denied = new CoveringPatterns(_entries.Where(Denies).Select(static entry => entry.Name!));
        _shared = CounterLints.Shared([.. _entries, .. root.Find("all_tools") is { } all ? [all] : Array.Empty<DocumentNode>()]);
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

        LintSpent(_hidden, "hide", "patterns");
        LintSpent(_denied, "tools", "patterns with `\"action\": \"deny\"`");
        if (_root.Find("all_tools") is { } all)
        {
            if (Denies(all) && !Array.TrueForAll(_entries, Denies))
            {
                _diagnostics.Warning(DiagnosticCodes.NoEffect, all, "no entry of `tools` allows anything: `\"action\": \"deny\"` in `all_tools` refuses every call, for all that matches applies; `\"default\": \"deny\"` refuses what no entry names");
            }

            LintEntry(all, null);
            counters.Lint(all);
        }
    }

    /// <summary>What was not looked at is said, for silence would read as praise.</summary>
    private void LintSpent(CoveringPatterns patterns, string member, string which)
    {
        if (patterns.IsSpent)
        {
            _diagnostics.Warning(DiagnosticCodes.NotCompared, _root.Find(member)!, $"`{member}` has so many {which} that not all entries were compared with all of them; some below them may take no effect unsaid");
        }
    }

    private void LintEntry(DocumentNode entry, ToolPattern? pattern)
    {
        if (!LintRefused(entry, pattern))
        {
            LintRules(entry, pattern);
        }
    }

    /// <summary>Whether an entry takes no effect, because something else refuses every call first.</summary>
    private bool LintRefused(DocumentNode entry, ToolPattern? pattern)
    {
        DocumentNode? first = Array.Find(entry.Children, static member => member.Name is "require" or "deny_if" or "require_approval" or "limits" or "rate_limit" or "arguments");
        if (first is not null && Denies(entry))
        {
            _diagnostics.Warning(DiagnosticCodes.NoEffect, first, $"`{first.Name}` never takes effect: `\"action\": \"deny\"` beside it refuses every call");
            return true;
        }

        if (pattern is null)
        {
            return false;
        }

        if (first is not null && _hidden.Covering(pattern) is { } hide)
        {
            _diagnostics.Warning(DiagnosticCodes.HiddenWithRules, entry, $"`{entry.Name}` has rules, but `hide` has `{hide}`, so nobody can call it; remove one of the two");
            return true;
        }

        if (!Denies(entry) && _denied.Covering(pattern) is { } wider)
        {
            _diagnostics.Warning(DiagnosticCodes.NoEffect, entry, $"`{entry.Name}` allows nothing: `{wider}` has `\"action\": \"deny\"`, and every entry that matches applies, not the narrowest; remove one of the two");
            return true;
        }

        return false;
    }

    private void LintRules(DocumentNode entry, ToolPattern? pattern)
    {
        IReadOnlyList<ConditionDemand> demands = Conjunction.OfRequire(entry);
        var required = new RequiredArguments(entry, demands, pattern, _tools);
        var places = new PlaceLints(demands, _diagnostics);
        var schemas = new ArgumentSchemas(entry, pattern, _tools);
        var barriers = new Barriers(_root.Find("all_tools") is { } all && all != entry ? [entry, all] : [entry], schemas);
        var least = new LeastLints(barriers, _diagnostics);
        foreach ((string member, RuleKind kind) in RuleKinds.All)
        {
            var conditions = new ConditionLints(kind, required, places, new PlaceTextLints(kind, barriers, _diagnostics), least, _diagnostics);
            foreach (DocumentNode rule in entry.Find(member)?.Children ?? [])
            {
                conditions.Lint(rule.Find("conditions")!, kind.TruthPasses());
            }
        }

        ContradictionLints.Lint(entry, _diagnostics);
        new SchemaLints(schemas, _diagnostics).Lint(entry);
        TypeLints.Lint(entry, schemas, _diagnostics);
        least.Lint(entry);
        new LimitLints(entry, demands, schemas, _shared, _diagnostics).Lint();
    }
}
