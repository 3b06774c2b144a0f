using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary>
/// <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c> (2020-12 core, sections 10.3.2.1 to 10.3.2.3) and <c>required</c> (validation,
/// section 6.5.3), in one pass over the members. Of members with the same name each is judged.
/// </summary>
internal sealed class MembersKeyword : Keyword
{
    private readonly string[] _required;
    private readonly SchemaLocation _requiredLocation;

    // The required names come first, so that an index below their number is one of them.
    private readonly NameTable _names;
    private readonly SchemaNode?[] _schemas;
    private readonly bool[] _evaluates;
    private readonly bool _evaluatesOthers;
    private readonly PatternProperties? _patterns;
    private readonly SchemaNode? _others;

    private MembersKeyword(SchemaLocation location, SchemaLocation requiredLocation, List<string> required, Dictionary<string, SchemaNode> declared, PatternProperties? patterns, SchemaNode? others)
        : base(location)
    {
        _requiredLocation = requiredLocation;
        _required = [.. required];
        _patterns = patterns;
        _evaluatesOthers = others is not null;
        _others = others is { IsTrue: true } ? null : others;
        string[] names = [.. required.Union(declared.Keys)];
        _names = new NameTable(names);
        _schemas = [.. names.Select(declared.GetValueOrDefault)];
        _evaluates = [.. names.Select(name => _evaluatesOthers || declared.ContainsKey(name))];
    }

    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue? properties = schema.Find("properties");
        SchemaValue? required = schema.Find("required");
        SchemaValue? additional = schema.Find("additionalProperties");
        SchemaValue? matched = schema.Find("patternProperties");

        var declared = new Dictionary<string, SchemaNode>();
        foreach ((string name, SchemaValue value) in properties?.ReadMembers("an object of schemas") ?? [])
        {
            declared.Add(name, value.ReadSchema());
        }

        var written = new List<string>();
        var patterns = PatternProperties.Read(matched, written);
        List<string> names = required?.ReadNames() ?? [];
        if (names.Count > JsonSchemaOptions.MaxRequiredNames)
        {
            required!.Error($"must list at most {JsonSchemaOptions.MaxRequiredNames} names");
        }

        SchemaNode? others = additional?.Kind == JsonValueKind.False
            ? additional.ReadSchema().Complete(new NoOtherMembers(additional.Location, [.. declared.Keys], [.. written]))
            : additional?.ReadSchema();
        SchemaLocation location = (properties ?? matched ?? additional ?? required)!.Location;
        return new MembersKeyword(location, required?.Location ?? location, names, declared, patterns, others);
    }

    public override int Steps => _required.Length / 16;

    /// <summary>Whether no member holds but those that <c>properties</c> names.</summary>
    public bool IsClosed => _patterns is null && _others is { IsFalse: true };

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        bool isValid = true;
        var seen = default(NameSet);
        int missing = _required.Length;
        int place = 0;
        foreach (Member member in instance.Members)
        {
            int index = _names.Find(member.Name);
            if (index >= 0 && index < _required.Length && seen.Add(index))
            {
                missing--;
            }

            bool holds = EvaluateMember(index < 0 ? null : _schemas[index], member, ref run, out bool isMatched);
            if (run.Marks.AreKept && (isMatched || (index < 0 ? _evaluatesOthers : _evaluates[index])))
            {
                run.Marks.Add(place);
            }

            place++;
            if (!holds)
            {
                if (run.StopsAtFirst)
                {
                    return false;
                }

                isValid = false;
            }
        }

        if (missing == 0)
        {
            return isValid;
        }

        ReportMissing(seen, ref run);
        return false;
    }

    private bool EvaluateMember(SchemaNode? declared, scoped in Member member, ref EvaluationRun run, out bool isMatched)
    {
        isMatched = false;
        bool isValid = _patterns is null || _patterns.Evaluate(member, ref run, out isMatched);
        SchemaNode? schema = declared ?? (isMatched ? null : _others);
        return schema is null or { IsTrue: true } || (!isValid && run.StopsAtFirst) ? isValid : schema.EvaluateMember(member, ref run) && isValid;
    }

    private void ReportMissing(in NameSet seen, ref EvaluationRun run)
    {
        for (int i = 0; i < _required.Length && !run.StopsAtFirst; i++)
        {
            if (!seen.Contains(i))
            {
                run.Errors!.AddMissing(_requiredLocation, _required[i], "is required but missing");
            }
        }
    }
}
