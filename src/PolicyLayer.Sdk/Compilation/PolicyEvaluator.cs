using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>Judges a call against one policy: checks 4 to 7 of policy format section 4, in that order. Pure; an allowance allocates nothing.</summary>
internal static class PolicyEvaluator
{
    /// <summary>Judges a call of a tool that is not hidden and may be called.</summary>
    /// <param name="rules">What the policy says of the tool.</param>
    /// <param name="call">The call; its arguments are known to be well formed.</param>
    /// <param name="inputSchema">The tool's own schema, behind those of the policy; null when nobody asks for it here.</param>
    /// <param name="denial">What refused the call; null when allowed.</param>
    public static DecisionReason Judge(ToolRules rules, in CallView call, ToolSchema? inputSchema, out Denial? denial)
    {
        if (rules.Deny is not null)
        {
            denial = new Denial(rules.Deny);
            return DecisionReason.Denied;
        }

        if (FirstInvalid(rules, call.Call.GivenArguments) is { } schema)
        {
            denial = new Denial(schema.Reference) { Detail = schema.Explain(call.Call.GivenArguments) };
            return DecisionReason.InvalidArguments;
        }

        if (inputSchema?.IsSatisfiedBy(call.Call.GivenArguments) == false)
        {
            denial = inputSchema.Refuse(call.Call.GivenArguments);
            return DecisionReason.InvalidArguments;
        }

        return JudgeRules(rules, call, out denial);
    }

    private static DecisionReason JudgeRules(ToolRules rules, in CallView call, out Denial? denial)
    {
        foreach (CompiledRule rule in rules.Require)
        {
            ConditionOutcome outcome = rule.Evaluate(call);
            if (outcome != ConditionOutcome.True)
            {
                denial = new Denial(rule.Reference);
                return outcome == ConditionOutcome.Unknown ? DecisionReason.UnknownCondition : DecisionReason.RequireFailed;
            }
        }

        foreach (CompiledRule rule in rules.DenyIf)
        {
            ConditionOutcome outcome = rule.Evaluate(call);
            if (outcome != ConditionOutcome.False)
            {
                denial = new Denial(rule.Reference);
                return outcome == ConditionOutcome.Unknown ? DecisionReason.UnknownCondition : DecisionReason.DenyIf;
            }
        }

        denial = null;
        return DecisionReason.Allowed;
    }

    private static CompiledSchema? FirstInvalid(ToolRules rules, in ToolArguments arguments)
    {
        foreach (CompiledSchema schema in rules.Schemas)
        {
            if (!schema.IsSatisfiedBy(arguments))
            {
                return schema;
            }
        }

        return null;
    }
}
