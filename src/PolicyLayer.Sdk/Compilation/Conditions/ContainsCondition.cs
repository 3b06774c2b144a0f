using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>contains</c>: a part of a string, or an element of an array.</summary>
/// <param name="path">Which argument.</param>
/// <param name="operand">What to look for.</param>
/// <param name="text">The operand's text when it is a string, else null.</param>
internal sealed class ContainsCondition(ArgumentPath path, Operand operand, string? text) : Condition(path)
{
    protected override ConditionOutcome Judge(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => InArray(value),
        JsonValueKind.String when text is not null => InText(value),
        _ => ConditionOutcome.Unknown,
    };

    private ConditionOutcome InText(JsonElement value)
    {
        using RentedText whole = RentedText.Of(value);
        return From(whole.Span.Contains(text, StringComparison.Ordinal));
    }

    private ConditionOutcome InArray(JsonElement array)
    {
        var found = ConditionOutcome.False;
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (!operand.HasTypeOf(element))
            {
                continue;
            }

            switch (operand.Compare(element))
            {
                case ConditionOutcome.True:
                    return ConditionOutcome.True;
                case ConditionOutcome.Unknown:
                    found = ConditionOutcome.Unknown;
                    break;
                default:
                    break;
            }
        }

        return found;
    }
}
