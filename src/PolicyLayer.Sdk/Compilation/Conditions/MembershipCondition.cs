using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>in</c> and <c>not_in</c>.</summary>
internal sealed class MembershipCondition(ArgumentPath path, Operand[] list, bool wanted) : Condition(path)
{
    protected override ConditionOutcome Judge(JsonElement value)
    {
        var found = ConditionOutcome.Unknown;
        foreach (Operand operand in list)
        {
            if (!operand.HasTypeOf(value))
            {
                continue;
            }

            switch (operand.Compare(value))
            {
                case ConditionOutcome.True:
                    return From(wanted);
                case ConditionOutcome.Unknown:
                    return ConditionOutcome.Unknown;
                default:
                    found = ConditionOutcome.False;
                    break;
            }
        }

        return found == ConditionOutcome.Unknown ? found : From(!wanted);
    }
}
