using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary>
/// <c>properties</c>, <c>additionalProperties</c> (2020-12 core, sections 10.3.2.1 and 10.3.2.3) and <c>required</c> (validation, section 6.5.3),
/// in one pass over the members. Of members with the same name each is judged.
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
    private readonly SchemaNode? _others;

    private MembersKeyword(SchemaLocation location, SchemaLocation requiredLocation, List<string> required, Dictionary<string, SchemaNode> declared, SchemaNode? others)
        : base(location)
    {
        _requiredLocation = requiredLocation;
        _required = [.. required];
        _evaluatesOthers = others is not null;
        _others = others is { IsTrue: true } ? null : others;
        string[] names = [.. required.Union(declared.Keys)];
        _names = new NameTable(names);
        _schemas = [.. names.Select(name => declared.TryGetValue(name, out SchemaNode? schema) ? schema.IsTrue ? null : schema : _others)];
        _evaluates = [.. names.Select(name => _evaluatesOthers || declared.ContainsKey(name))];
    }

    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue? properties = schema.Find("properties");
        SchemaValue? required = schema.Find("required");
        SchemaValue? additional = schema.Find("additionalProperties");

        var declared = new Dictionary<string, SchemaNode>();
        foreach ((string name, SchemaValue value) in properties?.ReadMembers("an object of schemas") ?? [])
        {
            declared.Add(name, value.ReadSchema());
        }

        List<string> names = required?.ReadNames() ?? [];
        if (names.Count > JsonSchemaOptions.MaxRequiredNames)
        {
            required!.Error($"must list at most {JsonSchemaOptions.MaxRequiredNames} names");
        }

        SchemaNode? others = additional?.Kind == JsonValueKind.False
            ? additional.ReadSchema().Complete(new NoOtherMembers(additional.Location, [.. declared.Keys]))
            : additional?.ReadSchema();
        SchemaLocation location = (properties ?? additional ?? required)!.Location;
        return new MembersKeyword(location, required?.Location ?? location, names, declared, others);
    }

    public override int Steps => _required.Length / 16;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        bool isValid = true;
        Span<ulong> seen = stackalloc ulong[NameSet.Words];
        int missing = _required.Length;
        int place = 0;
        foreach (Member member in instance.Members)
        {
            int index = _names.Find(member.Name);
            if (index >= 0 && index < _required.Length && NameSet.Add(seen, index))
            {
                missing--;
            }

            if (run.Marks.AreKept && (index < 0 ? _evaluatesOthers : _evaluates[index]))
            {
                run.Marks.Add(place);
            }

            place++;
            SchemaNode? schema = index < 0 ? _others : _schemas[index];
            if (schema is not null && !EvaluateMember(schema, member, ref run))
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

    private static bool EvaluateMember(SchemaNode schema, scoped in Member member, ref EvaluationRun run)
    {
        run.Enter(member);
        bool isValid = schema.EvaluateApart(new Instance(member.Value), ref run);
        run.Leave();
        return isValid;
    }

    private void ReportMissing(ReadOnlySpan<ulong> seen, ref EvaluationRun run)
    {
        for (int i = 0; i < _required.Length && !run.StopsAtFirst; i++)
        {
            if (!NameSet.Contains(seen, i))
            {
                run.Errors!.AddMissing(_requiredLocation, _required[i], "is required but missing");
            }
        }
    }
}
