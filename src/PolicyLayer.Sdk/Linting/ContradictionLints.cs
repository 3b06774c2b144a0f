using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds rules whose conditions can never all be true.</summary>
internal static class ContradictionLints
{
    /// <param name="entry">An entry.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public static void Lint(DocumentNode entry, DiagnosticBag diagnostics)
    {
        foreach ((string member, RuleKind kind) in RuleKinds.All)
        {
            var together = new Conjunction();
            bool found = false;
            foreach (DocumentNode rule in entry.Find(member)?.Children ?? [])
            {
                DocumentNode conditions = rule.Find("conditions")!;
                var alone = new Conjunction();
                alone.Add(conditions, kind.TruthPasses());
                found |= Report(alone, kind, diagnostics);
                if (kind == RuleKind.Require)
                {
                    together.Add(conditions, everyValue: true);
                }
            }

            // Every rule of `require` must hold, so all of them are one conjunction.
            if (!found)
            {
                Report(together, kind, diagnostics);
            }
        }
    }

    private static bool Report(Conjunction conjunction, RuleKind kind, DiagnosticBag diagnostics)
    {
        bool found = false;
        foreach (List<ConditionDemand> group in conjunction.Groups)
        {
            KnownValue? known = KnownValue.Of(group[0].Path.Root);
            IEnumerable<Demand> before = known is null ? [] : [known];
            if (!Satisfiability.CanHold([.. before, .. group]))
            {
                found = true;
                Report(group, known, kind, diagnostics);
            }
        }

        return found;
    }

    private static void Report(List<ConditionDemand> group, KnownValue? known, RuleKind kind, DiagnosticBag diagnostics)
    {
        List<Demand> before = known is null ? [] : [known];
        int last = LastNeeded(group, before);
        ConditionDemand later = group[last];
        string path = later.Path.Text;
        if (!Satisfiability.CanHold([.. before, later]))
        {
            string why = known is null ? "what is `null` counts as absent" : $"it is {known.Words}";
            diagnostics.Warning(DiagnosticCodes.Contradiction, later.Node, $"`{path}` can never satisfy `{later}`, for {why}; {Consequence([.. before, later], kind, neverCompared: known is not null && (later.Types & known.Types) == ValueTypes.None)}");
            return;
        }

        ConditionDemand? earlier = group.Take(last).FirstOrDefault(one => !Satisfiability.CanHold([.. before, one, later]));
        string others = earlier is null ? "and all conditions on it before" : $"and `{earlier}` at once";
        IReadOnlyCollection<Demand> conflict = earlier is null ? [.. before, .. group.Take(last + 1)] : [.. before, earlier, later];
        diagnostics.Warning(DiagnosticCodes.Contradiction, later.Node, $"`{path}` can never satisfy `{later}` {others}; {Consequence(conflict, kind, neverCompared: false)}");
    }

    /// <summary>The first demand that, with those before it, leaves no value. More demands never leave more, so halving finds it.</summary>
    private static int LastNeeded(List<ConditionDemand> group, List<Demand> before)
    {
        int low = 0;
        int high = group.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Satisfiability.CanHold([.. before, .. group.Take(middle + 1)]))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>What becomes of the rule: one that is never true may still be unknown, and that never favours the call.</summary>
    private static string Consequence(IReadOnlyCollection<Demand> conflict, RuleKind kind, bool neverCompared) => kind switch
    {
        RuleKind.Require => "so this `require` refuses every call",
        _ when neverCompared => $"so the condition is unknown, which in `{Member(kind)}` counts as true",
        RuleKind.DenyIf when Satisfiability.CanBeUnknown(conflict) => "so this `deny_if` refuses nothing but values that it cannot compare",
        RuleKind.DenyIf => "so this `deny_if` never refuses anything",
        _ when Satisfiability.CanBeUnknown(conflict) => "so this `require_approval` asks about nothing but values that it cannot compare",
        _ => "so this `require_approval` never asks",
    };

    private static string Member(RuleKind kind) => RuleKinds.All.First(one => one.Kind == kind).Member;
}
