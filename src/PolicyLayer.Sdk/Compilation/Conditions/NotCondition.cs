using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>not</c>.</summary>
internal sealed class NotCondition(Condition part) : Condition
{
    public override ConditionOutcome Evaluate(in CallView call) => part.Evaluate(call).Not();

    public override ExplainedCondition Explain(in CallView call, bool showValues) => ExplainedCondition.Group("not", Evaluate(call), [part], call, showValues);
}
