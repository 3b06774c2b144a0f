using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>A question about a call. Immutable.</summary>
internal abstract class Condition
{
    public abstract ConditionOutcome Evaluate(in CallView call);

    /// <summary>Tells what was asked and what came out, part by part.</summary>
    /// <param name="call">The call.</param>
    /// <param name="showValues">Whether the values seen are told; else only their types.</param>
    public abstract ExplainedCondition Explain(in CallView call, bool showValues);
}
