using System.Text.Json;
using PolicyLayer.Internal;
using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>A value of the policy that arguments are compared with: by type and exact value, never coerced.</summary>
internal sealed class Operand(JsonElement value)
{
    private readonly string? _text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether it has the value's JSON type; true and false are one type.</summary>
    public bool HasTypeOf(JsonElement other) => TypeOf(value) == TypeOf(other);

    /// <summary>Whether both are the same value. Unknown when the types differ, or a number is beyond comparing.</summary>
    public ConditionOutcome Compare(JsonElement other)
    {
        if (!HasTypeOf(other))
        {
            return ConditionOutcome.Unknown;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => Outcome(other.ValueEquals(_text)),
            JsonValueKind.Number => ExactNumber.TryCompare(JsonMarshal.GetRawUtf8Value(value), JsonMarshal.GetRawUtf8Value(other), out int order)
                ? Outcome(order == 0)
                : ConditionOutcome.Unknown,
            JsonValueKind.Object or JsonValueKind.Array => Outcome(JsonElement.DeepEquals(value, other)),
            _ => Outcome(value.ValueKind == other.ValueKind),
        };
    }

    private static ConditionOutcome Outcome(bool equal) => equal ? ConditionOutcome.True : ConditionOutcome.False;

    private static JsonValueKind TypeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.False ? JsonValueKind.True : element.ValueKind;
}
