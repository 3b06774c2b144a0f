using System.Runtime.InteropServices;
using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>in</c> and <c>not_in</c>. Unknown when no element of the list has the value's type.</summary>
internal sealed class MembershipOperator(Operand[] list, bool wanted, bool ignoreCase) : Operator
{
    public override ConditionOutcome Judge(in PathValue value)
    {
        if (!ignoreCase && value.Kind == JsonValueKind.String && value.Text is null && TryFindPlain(value.Element, out bool isIn))
        {
            return Kleene.From(isIn == wanted);
        }

        bool comparable = false;
        var found = ConditionOutcome.False;
        foreach (Operand operand in list)
        {
            if (operand.HasTypeOf(value))
            {
                comparable = true;
                found = found.Or(operand.Compare(value, ignoreCase));
                if (found == ConditionOutcome.True)
                {
                    break;
                }
            }
        }

        return !comparable ? ConditionOutcome.Unknown : wanted ? found : found.Not();
    }

    /// <summary>Compares the bytes of a text without escapes with those of the list; false where there is no text in it.</summary>
    private bool TryFindPlain(JsonElement value, out bool isIn)
    {
        isIn = false;
        ReadOnlySpan<byte> text = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (text.Contains((byte)'\\'))
        {
            return false;
        }

        bool comparable = false;
        foreach (Operand operand in list)
        {
            if (operand.Kind == JsonValueKind.String)
            {
                comparable = true;
                isIn |= operand.Utf8.SequenceEqual(text);
            }
        }

        return comparable;
    }
}
