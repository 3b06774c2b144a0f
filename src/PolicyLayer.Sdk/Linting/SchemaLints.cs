using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds conditions that can never be true of arguments that a schema accepts.</summary>
/// <param name="schemas">The schemas.</param>
/// <param name="diagnostics">Receives the warnings.</param>
internal sealed class SchemaLints(ArgumentSchemas schemas, DiagnosticBag diagnostics)
{
    public void Lint(DocumentNode entry)
    {
        if (schemas.All.Count == 0)
        {
            return;
        }

        foreach ((string member, _) in RuleKinds.All)
        {
            foreach (DocumentNode rule in entry.Find(member)?.Children ?? [])
            {
                LintAll(rule.Find("conditions")!);
            }
        }
    }

    private void LintAll(DocumentNode list)
    {
        foreach (DocumentNode condition in list.Children)
        {
            LintOne(condition);
        }
    }

    private void LintOne(DocumentNode condition)
    {
        if ((condition.Find("any") ?? condition.Find("all")) is { } group)
        {
            LintAll(group);
        }
        else if (condition.Find("not") is { } inner)
        {
            LintOne(inner);
        }
        else if (PathParser.TryParse(condition.Find("path")!.Text!, out ValuePath? path, out _) && path.Root == PathRoot.Arguments)
        {
            var demand = new ConditionDemand(condition, path);
            foreach ((JsonElement schema, string name) in schemas.All)
            {
                if (!demand.IsEmpty && Problem(demand, schema, name) is { } problem)
                {
                    diagnostics.Warning(DiagnosticCodes.RuledOutBySchema, condition, problem);
                    return;
                }
            }
        }
    }

    private static string? Problem(ConditionDemand demand, JsonElement schema, string name)
    {
        string path = demand.Path.Text;
        KnownValue? known = SchemaFacts.Find(schema, demand.Path, out bool isAbsent);
        if (demand.IsAbsence)
        {
            return null;
        }

        if (isAbsent || known is { Types: ValueTypes.None })
        {
            return $"`{demand}` is never true: {name} leaves no room for `{path}`";
        }

        if (known is null || Satisfiability.CanHold([known, demand]))
        {
            return null;
        }

        return (known.Types & demand.Types) == ValueTypes.None
            ? $"`{demand}` is never true: by {name} `{path}` is {known.Words}, which it cannot compare, and what is unknown counts against the call"
            : $"`{demand}` is never true: by {name} `{path}` is {known.Words}";
    }
}
