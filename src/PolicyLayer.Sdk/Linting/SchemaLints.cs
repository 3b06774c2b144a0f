using System.Text.Json;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Linting.Demands;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds conditions that can never be true of arguments that a schema accepts.</summary>
internal sealed class SchemaLints
{
    private readonly List<(JsonElement Schema, string Name)> _schemas = [];
    private readonly DiagnosticBag _diagnostics;

    /// <param name="entry">An entry.</param>
    /// <param name="pattern">Its pattern; null for <c>all_tools</c>.</param>
    /// <param name="tools">The tools that there are; null when nobody knows.</param>
    /// <param name="diagnostics">Receives the warnings.</param>
    public SchemaLints(DocumentNode entry, ToolPattern? pattern, ToolCatalog? tools, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        if (entry.Find("arguments") is { Kind: JsonValueKind.Object } arguments)
        {
            _schemas.Add((arguments.ToElement(), "`arguments`"));
        }

        if (pattern is { IsExact: true } && tools?.Find(pattern.Text) is { InputSchema.ValueKind: JsonValueKind.Object } tool)
        {
            _schemas.Add((tool.InputSchema, "the tool's own schema"));
        }
    }

    public void Lint(DocumentNode entry)
    {
        if (_schemas.Count == 0)
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
            foreach ((JsonElement schema, string name) in _schemas)
            {
                if (!demand.IsEmpty && Problem(demand, schema, name) is { } problem)
                {
                    _diagnostics.Warning(DiagnosticCodes.RuledOutBySchema, condition, problem);
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
