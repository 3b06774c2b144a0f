using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>all</c>, and the <c>conditions</c> of a rule: every part holds. Without parts it always does.</summary>
internal sealed class AllCondition(Condition[] parts) : Condition
{
    public override ConditionOutcome Evaluate(in CallView call)
    {
        var outcome = ConditionOutcome.True;
        foreach (Condition part in parts)
        {
            outcome = outcome.And(part.Evaluate(call));
            if (outcome == ConditionOutcome.False)
            {
                break;
            }
        }

        return outcome;
    }

    public override ExplainedCondition Explain(in CallView call, bool showValues) => ExplainedCondition.Group("all", Evaluate(call), parts, call, showValues);
}
