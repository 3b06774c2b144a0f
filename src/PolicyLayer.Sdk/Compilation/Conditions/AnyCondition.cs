using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>any</c>: one part holds. Without parts none does.</summary>
internal sealed class AnyCondition(Condition[] parts) : Condition
{
    public override ConditionOutcome Evaluate(in CallView call)
    {
        var outcome = ConditionOutcome.False;
        foreach (Condition part in parts)
        {
            outcome = outcome.Or(part.Evaluate(call));
            if (outcome == ConditionOutcome.True)
            {
                break;
            }
        }

        return outcome;
    }

    public override ExplainedCondition Explain(in CallView call, bool showValues) => ExplainedCondition.Group("any", Evaluate(call), parts, call, showValues);
}
