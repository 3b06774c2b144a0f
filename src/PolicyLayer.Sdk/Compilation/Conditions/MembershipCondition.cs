using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>in</c> and <c>not_in</c>.</summary>
internal sealed class MembershipCondition(ArgumentPath path, Operand[] list, bool wanted) : Condition(path)
{
    protected override ConditionOutcome Judge(JsonElement value)
    {
        bool comparable = false;
        bool unsure = false;
        foreach (Operand operand in list)
        {
            if (!operand.HasTypeOf(value))
            {
                continue;
            }

            comparable = true;
            switch (operand.Compare(value))
            {
                case ConditionOutcome.True:
                    return From(wanted);
                case ConditionOutcome.Unknown:
                    unsure = true;
                    break;
                default:
                    break;
            }
        }

        return comparable && !unsure ? From(!wanted) : ConditionOutcome.Unknown;
    }
}
