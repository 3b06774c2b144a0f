using System.Text.Json;
using PolicyLayer.Schemas.Values;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>lt</c>, <c>lte</c>, <c>gt</c> and <c>gte</c>: exact, whatever the size of the numbers.</summary>
/// <param name="bound">A number.</param>
/// <param name="below">Whether values below the bound are wanted; else those above.</param>
/// <param name="inclusive">Whether the bound itself is wanted.</param>
internal sealed class OrderOperator(Operand bound, bool below, bool inclusive) : Operator
{
    public override ConditionOutcome Judge(in PathValue value)
    {
        if (value.Kind != JsonValueKind.Number || !ExactNumber.TryCompare(value.Utf8, bound.Utf8, out int order))
        {
            return ConditionOutcome.Unknown;
        }

        return Kleene.From(order == 0 ? inclusive : order < 0 == below);
    }
}
