using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds limits that refuse every call, or none.</summary>
/// <param name="entry">The entry.</param>
/// <param name="required">What its <c>require</c> demands.</param>
/// <param name="schemas">The schemas of its arguments.</param>
/// <param name="shared">The counters that several limits of the document name.</param>
/// <param name="diagnostics">Receives the warnings.</param>
internal sealed class LimitLints(DocumentNode entry, IReadOnlyList<ConditionDemand> required, ArgumentSchemas schemas, HashSet<string> shared, DiagnosticBag diagnostics)
{
    public void Lint()
    {
        foreach (DocumentNode limit in entry.Children.SelectMany(static member => member.Name switch { "limits" => member.Children, "rate_limit" => [member], _ => [] }))
        {
            Lint(limit, (limit.Find("max") ?? limit.Find("concurrent"))!);
        }
    }

    private void Lint(DocumentNode limit, DocumentNode most)
    {
        if (IsZero(most))
        {
            diagnostics.Warning(DiagnosticCodes.NoEffect, most, $"`{most.Name}` is 0, so every call is refused; write `\"action\": \"deny\"` to say so");
            return;
        }

        DocumentNode ceiling = limit.Find("burst") ?? most;
        DocumentNode? amount = limit.Find("amount");
        if (amount is { Kind: JsonValueKind.String })
        {
            if (PathParser.TryParse(amount.Text!, out ValuePath? path, out _) && Problem(path, ceiling) is { } problem)
            {
                diagnostics.Warning(DiagnosticCodes.BeyondLimit, amount, $"`{amount.Text}` is {problem}, so every call is refused");
            }
        }
        else if (amount is not null && IsZero(amount))
        {
            if (!shared.Contains(limit.Find("counter")!.Text!))
            {
                diagnostics.Warning(DiagnosticCodes.NoEffect, amount, "`amount` is 0, so this limit counts nothing and refuses nothing");
            }
        }
        else if (!new Bound(ceiling.Text!, true).IsKeptBy(Encoding.UTF8.GetBytes(amount?.Text ?? "1")))
        {
            diagnostics.Warning(DiagnosticCodes.BeyondLimit, amount ?? ceiling, $"each call adds `{amount?.Text ?? "1"}`, and `{ceiling.Name}` is `{ceiling.Text}`, so every call is refused");
        }
    }

    /// <summary>Why no amount at a path can be counted, or null.</summary>
    private string? Problem(ValuePath path, DocumentNode ceiling)
    {
        string key = Conjunction.KeyOf(path);
        var known = new List<Demand>(required.Where(demand => Conjunction.KeyOf(demand.Path) == key));
        if (KnownValue.Of(path.Root) is { } always)
        {
            known.Add(always);
        }

        foreach ((JsonElement schema, _) in path.Root == PathRoot.Arguments ? schemas.All : [])
        {
            KnownValue? value = SchemaFacts.Find(schema, path, out bool isAbsent);
            if (isAbsent)
            {
                return "never there";
            }

            if (value is not null)
            {
                known.Add(value);
            }
        }

        // What contradicts itself has a warning already.
        if (known.Count == 0 || !Satisfiability.CanHold(known))
        {
            return null;
        }

        return !Satisfiability.CanHold([.. known, new AtMost(null)]) ? "never a number that can be counted"
            : !Satisfiability.CanHold([.. known, new AtMost(ceiling.Text)]) ? $"always above `{ceiling.Name}`, which is `{ceiling.Text}`"
            : null;
    }

    private static bool IsZero(DocumentNode number) => number.Text!.AsSpan().TrimStart('-').IndexOfAnyExcept("0.") is var at && (at < 0 || number.Text![at] is 'e' or 'E');
}
