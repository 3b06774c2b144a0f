using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PolicyLayer.Internal;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>A value of the policy that arguments are compared with: by type and exact value, never coerced. Comparing allocates nothing.</summary>
internal sealed class Operand
{
    private readonly JsonValueKind _kind;

    /// <summary>A string's content or a number's digits, UTF-8.</summary>
    private readonly byte[] _text;
    private readonly Operand[] _elements;
    private readonly (byte[] Name, Operand Value)[] _members;

    public Operand(JsonElement value)
    {
        _kind = value.ValueKind;
        _text = _kind switch
        {
            JsonValueKind.String => Encoding.UTF8.GetBytes(value.GetString()!),
            JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(value).ToArray(),
            _ => [],
        };
        _elements = _kind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(static element => new Operand(element))] : [];
        _members = _kind == JsonValueKind.Object
            ? [.. value.EnumerateObject().Select(static member => (Encoding.UTF8.GetBytes(member.Name), new Operand(member.Value)))]
            : [];
    }

    /// <summary>Whether it has the value's JSON type; true and false are one type.</summary>
    public bool HasTypeOf(JsonElement other) => TypeOf(_kind) == TypeOf(other.ValueKind);

    /// <summary>Whether both are the same value. Unknown when the types differ, or all that could tell them apart is a number beyond comparing.</summary>
    public ConditionOutcome Compare(JsonElement other) => HasTypeOf(other) ? CompareDeep(other) : ConditionOutcome.Unknown;

    /// <summary>Inside a value another type is another value, not an unknown one.</summary>
    private ConditionOutcome CompareDeep(JsonElement other)
    {
        if (_kind != other.ValueKind)
        {
            return ConditionOutcome.False;
        }

        return _kind switch
        {
            JsonValueKind.String => Outcome(other.ValueEquals(_text)),
            JsonValueKind.Number => ExactNumber.TryCompare(_text, JsonMarshal.GetRawUtf8Value(other), out int order)
                ? Outcome(order == 0)
                : ConditionOutcome.Unknown,
            JsonValueKind.Array => CompareElements(other),
            JsonValueKind.Object => CompareMembers(other),
            _ => ConditionOutcome.True,
        };
    }

    private ConditionOutcome CompareElements(JsonElement array)
    {
        if (array.GetArrayLength() != _elements.Length)
        {
            return ConditionOutcome.False;
        }

        var all = ConditionOutcome.True;
        int index = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            ConditionOutcome one = _elements[index++].CompareDeep(element);
            if (one == ConditionOutcome.False)
            {
                return one;
            }

            all = one == ConditionOutcome.Unknown ? one : all;
        }

        return all;
    }

    /// <summary>Both have each name once: the document and the call were read strictly.</summary>
    private ConditionOutcome CompareMembers(JsonElement other)
    {
        if (other.GetPropertyCount() != _members.Length)
        {
            return ConditionOutcome.False;
        }

        var all = ConditionOutcome.True;
        foreach ((byte[] name, Operand value) in _members)
        {
            ConditionOutcome one = other.TryGetProperty(name, out JsonElement found) ? value.CompareDeep(found) : ConditionOutcome.False;
            if (one == ConditionOutcome.False)
            {
                return one;
            }

            all = one == ConditionOutcome.Unknown ? one : all;
        }

        return all;
    }

    private static ConditionOutcome Outcome(bool equal) => equal ? ConditionOutcome.True : ConditionOutcome.False;

    private static JsonValueKind TypeOf(JsonValueKind kind) => kind == JsonValueKind.False ? JsonValueKind.True : kind;
}
