using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>contains</c>: a part of a string, or an element of a list.</summary>
internal sealed class ContainsOperator(Operand operand, bool ignoreCase) : Operator
{
    public override ConditionOutcome Judge(in PathValue value) => value.Kind switch
    {
        JsonValueKind.Array => InList(value.Element),
        JsonValueKind.String when operand.Kind == JsonValueKind.String => InText(value),
        _ => ConditionOutcome.Unknown,
    };

    private ConditionOutcome InText(in PathValue value)
    {
        using TextView whole = TextView.Of(value);
        return Kleene.From(TextSearch.Contains(whole.Span, operand.Text, ignoreCase));
    }

    private ConditionOutcome InList(JsonElement list)
    {
        var found = ConditionOutcome.False;
        foreach (JsonElement element in list.EnumerateArray())
        {
            var value = new PathValue(element);
            if (operand.HasTypeOf(value))
            {
                found = found.Or(operand.Compare(value, ignoreCase));
                if (found == ConditionOutcome.True)
                {
                    break;
                }
            }
        }

        return found;
    }
}
