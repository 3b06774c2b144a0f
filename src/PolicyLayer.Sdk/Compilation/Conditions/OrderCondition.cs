using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using PolicyLayer.Internal;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>lt</c>, <c>lte</c>, <c>gt</c> and <c>gte</c>: exact, whatever the size of the numbers.</summary>
/// <param name="path">Which argument.</param>
/// <param name="bound">The operand, a JSON number as written.</param>
/// <param name="below">Whether values below the bound are wanted; else those above.</param>
/// <param name="inclusive">Whether the bound itself is wanted.</param>
internal sealed class OrderCondition(ArgumentPath path, string bound, bool below, bool inclusive) : Condition(path)
{
    private readonly byte[] _bound = Encoding.UTF8.GetBytes(bound);

    protected override ConditionOutcome Judge(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number || !ExactNumber.TryCompare(JsonMarshal.GetRawUtf8Value(value), _bound, out int order))
        {
            return ConditionOutcome.Unknown;
        }

        return From(order == 0 ? inclusive : order < 0 == below);
    }
}
