using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>A rule of <c>require</c>, <c>deny_if</c> or <c>require_approval</c>.</summary>
internal sealed class CompiledRule(RuleReference reference, Condition condition)
{
    public RuleReference Reference { get; } = reference;

    public Condition Condition { get; } = condition;

    public ConditionOutcome Evaluate(in CallView call) => Condition.Evaluate(call);
}
