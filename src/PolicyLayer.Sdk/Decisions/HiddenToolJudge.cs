using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Counting.Pending;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>Finds what the caller of a hidden tool must see: what anybody sees who calls a tool of that name where none exists.</summary>
internal static class HiddenToolJudge
{
    /// <param name="policies">The policies.</param>
    /// <param name="call">The call of the hidden tool.</param>
    /// <param name="time">The clock that conditions see.</param>
    /// <param name="pending">The limits of such a tool, which are looked at and never charged.</param>
    public static Denial Judge(PolicySet policies, in ToolCall call, TimeProvider time, ref PendingCall? pending)
    {
        ToolCall unknown = WithoutTool(call);
        DateTimeOffset moment = default;
        DecisionReason reason = JudgeAsUnknown(policies, new CallView(in unknown, time, ref moment, default), out Denial? seen, ref pending);
        return Denial.Hidden with { SeenReason = reason, Seen = seen };
    }

    /// <summary>The call without what its tool says of itself: one that does not exist says nothing.</summary>
    public static ToolCall WithoutTool(in ToolCall call) => new(call.Grant, call.Tool, call.Arguments)
    {
        Session = call.Session,
        User = call.User,
        Server = call.Server,
        Context = call.Context is { } context ? new ToolCallContext { Values = context.Values, UserClaims = context.UserClaims } : null,
    };

    private static DecisionReason JudgeAsUnknown(PolicySet policies, in CallView call, out Denial? denial, ref PendingCall? pending)
    {
        var layers = new ToolRules[policies.Layers.Length];
        for (int layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = policies.Layers[layer].FindAsUnknown(call.Call.Tool);
            if (!layers[layer].IsNamed && !policies.Layers[layer].DefaultAllow)
            {
                denial = Denial.DefaultDeny.InLayer(layer);
                return DecisionReason.DefaultDeny;
            }
        }

        for (int layer = 0; layer < layers.Length; layer++)
        {
            // No schema: a tool that does not exist has none.
            DecisionReason reason = PolicyEvaluator.Judge(layers[layer], call, inputSchema: null, out denial);
            if (reason != DecisionReason.Allowed)
            {
                denial = denial!.InLayer(layer);
                return reason;
            }
        }

        for (int layer = 0; layer < layers.Length; layer++)
        {
            denial = LimitCollector.Collect(policies, layer, layers[layer], call, ref pending);
            if (denial is not null)
            {
                return DecisionReason.InvalidAmount;
            }
        }

        // Nobody is asked about a tool that cannot run, but its caller sees what unanswered callers see.
        for (int layer = 0; layer < layers.Length; layer++)
        {
            foreach (CompiledApprovalRule rule in layers[layer].Approvals)
            {
                if (rule.Rule.Evaluate(call) != ConditionOutcome.False)
                {
                    denial = new Denial(rule.Rule.Reference) { Layer = layer };
                    return DecisionReason.ApprovalRequired;
                }
            }
        }

        denial = null;
        return DecisionReason.Allowed;
    }
}
