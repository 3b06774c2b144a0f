using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>dependentRequired</c> (2020-12 validation, section 6.5.4), and <c>dependencies</c> (draft 7 validation, section 6.5.7) as far as its values are lists.</summary>
internal sealed class DependentRequired : Keyword
{
    private readonly string[] _names;
    private readonly NameTable _table;
    private readonly (int Trigger, int[] Needed, SchemaLocation Location)[] _rules;

    private DependentRequired(SchemaLocation location, List<(string Name, List<string> Needed, SchemaLocation Location)> rules)
        : base(location)
    {
        _names = [.. rules.SelectMany(rule => rule.Needed.Prepend(rule.Name)).Distinct()];
        _table = new NameTable(_names);
        Dictionary<string, int> indices = _names.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        _rules = [.. rules.Select(rule => (indices[rule.Name], rule.Needed.Select(name => indices[name]).ToArray(), rule.Location))];
    }

    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("dependentRequired")!;
        return Create(value, value.ReadMembers("an object of arrays of names"));
    }

    public static Keyword? ReadDependencies(SchemaObject schema)
    {
        SchemaValue value = schema.Find("dependencies")!;
        return value.ReadMembers("an object of schemas and of arrays of names").Where(member => member.Value.Kind == JsonValueKind.Array).ToArray() is { Length: > 0 } lists
            ? Create(value, lists)
            : null;
    }

    private static DependentRequired Create(SchemaValue value, IEnumerable<(string Name, SchemaValue Value)> members)
    {
        var rules = new List<(string, List<string>, SchemaLocation)>();
        foreach ((string name, SchemaValue needed) in members)
        {
            rules.Add((name, needed.ReadNames(), needed.Location));
        }

        var keyword = new DependentRequired(value.Location, rules);
        if (keyword._names.Length > JsonSchemaOptions.MaxRequiredNames)
        {
            value.Error($"must have at most {JsonSchemaOptions.MaxRequiredNames} names in all");
        }

        return keyword;
    }

    public override int Steps => _names.Length / 16;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        NameSet present = NameSet.PresentIn(instance, _table);
        bool isValid = true;
        foreach ((int trigger, int[] needed, SchemaLocation location) in _rules)
        {
            if (!present.Contains(trigger))
            {
                continue;
            }

            foreach (int name in needed)
            {
                if (!present.Contains(name))
                {
                    isValid = false;
                    if (run.StopsAtFirst)
                    {
                        return false;
                    }

                    run.Errors!.AddMissing(location, _names[name], $"is required when {Quoted.InBackticks(_names[trigger])} is given");
                }
            }
        }

        return isValid;
    }
}
