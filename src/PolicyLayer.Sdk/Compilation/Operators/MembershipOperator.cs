using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>in</c> and <c>not_in</c>. Unknown when no element of the list has the value's type.</summary>
internal sealed class MembershipOperator(Operand[] list, bool wanted, bool ignoreCase) : Operator
{
    public override ConditionOutcome Judge(in PathValue value)
    {
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
}
