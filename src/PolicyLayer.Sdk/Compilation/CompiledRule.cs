using PolicyLayer.Sdk.Compilation.Conditions;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>A rule of <c>require</c> or <c>deny_if</c>: conditions that must all hold.</summary>
internal sealed class CompiledRule(RuleReference reference, Condition[] conditions)
{
    public RuleReference Reference { get; } = reference;

    /// <summary>False as soon as one condition is false, else unknown if one is, else true.</summary>
    public ConditionOutcome Evaluate(in ToolArguments arguments)
    {
        var outcome = ConditionOutcome.True;
        foreach (Condition condition in conditions)
        {
            ConditionOutcome one = condition.Evaluate(arguments);
            if (one == ConditionOutcome.False)
            {
                return one;
            }

            outcome = one == ConditionOutcome.Unknown ? one : outcome;
        }

        return outcome;
    }
}
