using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>Asks something of the value at a path.</summary>
/// <param name="path">Where the value is.</param>
/// <param name="test">What is asked of it.</param>
internal sealed class PathCondition(ValuePath path, ValueTest test) : Condition
{
    public override ConditionOutcome Evaluate(in CallView call)
    {
        path.TryResolve(call, out PathValue value);
        return test.Judge(value, call);
    }

    public override ExplainedCondition Explain(in CallView call, bool showValues)
    {
        path.TryResolve(call, out PathValue value);
        return ExplainedCondition.Leaf($"{path.Text} {test}", Evaluate(call), value, showValues);
    }
}
