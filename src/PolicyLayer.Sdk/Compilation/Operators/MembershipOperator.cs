using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>in</c> and <c>not_in</c>. Unknown when no element of the list has the value's type.</summary>
internal sealed class MembershipOperator(Operand[] list, bool wanted, bool ignoreCase) : Operator
{
    public override ConditionOutcome Judge(in PathValue value)
    {
        if (!ignoreCase && value.IsJsonText && IsWrittenIn(value.Content))
        {
            return Kleene.From(wanted);
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

    /// <summary>Whether the list has a text with these bytes between its quotes: most allowed ones are found so.</summary>
    private bool IsWrittenIn(ReadOnlySpan<byte> content)
    {
        foreach (Operand operand in list)
        {
            if (operand.IsWrittenAs(content))
            {
                return true;
            }
        }

        return false;
    }
}
