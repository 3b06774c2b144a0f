using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>contains</c>: a part of a string, or an element of a list.</summary>
internal sealed class ContainsOperator(Operand operand, bool ignoreCase) : Operator
{
    public override ConditionOutcome Judge(in PathValue value) => value.Kind switch
    {
        JsonValueKind.Array => operand.FindIn(value.Element, ignoreCase) ?? ConditionOutcome.False,
        JsonValueKind.String when operand.Kind == JsonValueKind.String => InText(value),
        _ => ConditionOutcome.Unknown,
    };

    private ConditionOutcome InText(in PathValue value)
    {
        using TextView whole = TextView.Of(value);
        return Kleene.From(TextSearch.Contains(whole.Span, operand.Text, ignoreCase));
    }
}
