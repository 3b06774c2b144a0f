using System.Runtime.InteropServices;
using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Values;

/// <summary>A JSON value of a schema (<c>const</c>, <c>enum</c>), made ready to be compared with values of instances (2020-12 core, section 4.2.2).</summary>
internal sealed class Literal
{
    private readonly JsonValueKind _kind;
    private readonly byte[] _number = [];
    private readonly Literal[] _children = [];
    private readonly NameTable? _names;

    /// <param name="value">Of a schema that was scanned: no duplicate names, texts well formed. Copied.</param>
    public Literal(JsonElement value)
    {
        _kind = value.ValueKind;
        Steps = JsonMarshal.GetRawUtf8Value(value).Length / Instance.BytesOfStep;
        switch (_kind)
        {
            case JsonValueKind.String:
                _names = new NameTable([value.GetString()!]);
                break;
            case JsonValueKind.Number:
                _number = [.. new Instance(value).Number];
                break;
            case JsonValueKind.Array:
                _children = [.. value.EnumerateArray().Select(item => new Literal(item))];
                break;
            case JsonValueKind.Object:
                JsonProperty[] members = [.. value.EnumerateObject()];
                _names = new NameTable([.. members.Select(member => member.Name)]);
                _children = [.. members.Select(member => new Literal(member.Value))];
                break;
        }
    }

    /// <summary>What comparing with it costs at most.</summary>
    public int Steps { get; }

    /// <summary>A value of a schema as JSON, clean, short, in backticks.</summary>
    public static string Show(JsonElement value) => Quoted.InBackticks(value.GetRawText());

    public bool IsEqualTo(scoped in Instance instance, ref EvaluationRun run)
    {
        return instance.Kind == _kind && _kind switch
        {
            JsonValueKind.String => _names!.Find(instance.Text) == 0,
            JsonValueKind.Number => ExactNumber.TryCompare(instance.Number, _number, out int order) ? order == 0 : run.Undecidable(Obstacles.Exponent),
            JsonValueKind.Array => EqualsItems(instance.Array, ref run),
            JsonValueKind.Object => EqualsMembers(instance, ref run),
            _ => true,
        };
    }

    private bool EqualsItems(JsonElement array, ref EvaluationRun run)
    {
        if (array.GetArrayLength() != _children.Length)
        {
            return false;
        }

        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (!_children[index++].IsEqualTo(new Instance(item), ref run))
            {
                return false;
            }
        }

        return true;
    }

    private bool EqualsMembers(scoped in Instance instance, ref EvaluationRun run)
    {
        // With as many members, all of them known here, every one is there unless a name comes twice.
        if (instance.MemberCount != _children.Length)
        {
            return false;
        }

        var seen = default(NameSet);
        foreach (Member member in instance.Members)
        {
            int index = _names!.Find(member.Name);
            if (index < 0 || !seen.Add(index) || !_children[index].IsEqualTo(new Instance(member.Value), ref run))
            {
                return false;
            }
        }

        return true;
    }
}
