using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Arguments;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>Takes one call through the checks of policy format section 4, in order: here those that need nothing but the call, then what may wait.</summary>
/// <param name="policies">The policies.</param>
/// <param name="counters">Where limits are counted.</param>
/// <param name="approvals">Who asks people.</param>
/// <param name="time">The clock that conditions see.</param>
/// <param name="settlesAll">Whether settling an allowed call without limits counts once too.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed class CallJudge(PolicySet policies, ICounterStore counters, ApprovalDesk approvals, TimeProvider time, bool settlesAll, ILogger logger)
{
    private readonly WaitingChecks _waiting = new(policies, counters, approvals, settlesAll, logger);

    /// <summary>Decides. Only cancellation passes out as an exception.</summary>
    public ValueTask<ToolDecision> DecideAsync(in ToolCall call, DecisionTrace trace, CancellationToken cancellationToken)
    {
        PendingCall? pending = null;
        NeededApprovals? needed = null;
        DecisionReason reason;
        Denial? denial;
        try
        {
            DateTimeOffset moment = default;
            reason = Judge(new CallView(in call, time, ref moment), out denial, ref pending, ref needed);
        }
        catch (Exception e)
        {
            // The type alone: a message might quote an argument.
            Log.EvaluationFailed(logger, e.GetType().Name);
            reason = DecisionReason.EvaluationError;
            denial = Denial.Error;
        }

        if (reason != DecisionReason.Allowed)
        {
            pending?.Return();
            return new ValueTask<ToolDecision>(new ToolDecision(call, policies, reason, trace, denial, null));
        }

        if (needed is not null)
        {
            return _waiting.ApproveAsync(call, trace, needed, pending, cancellationToken);
        }

        if (pending is not null)
        {
            return _waiting.ReserveAsync(call, trace, DecisionReason.Allowed, pending, cancellationToken);
        }

        return new ValueTask<ToolDecision>(new ToolDecision(call, policies, reason, trace, null, settlesAll ? PendingCall.Rent() : null));
    }

    private DecisionReason Judge(in CallView view, out Denial? denial, ref PendingCall? pending, ref NeededApprovals? needed)
    {
        ref readonly ToolCall call = ref view.Call;
        if (WellFormedCall.Problem(call) is { } problem)
        {
            denial = Denial.Malformed(problem);
            return DecisionReason.MalformedCall;
        }

        denial = Denial.NoPolicy;
        if (call.Grant is null)
        {
            return DecisionReason.NoPolicy;
        }

        int? defaultDeny = null;
        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            CompiledPolicy policy = policies.Layers[layer];
            ToolRules rules = policy.Find(call.Tool);
            if (rules.IsHidden)
            {
                denial = HiddenToolJudge.Judge(policies, view).InLayer(layer);
                return DecisionReason.Hidden;
            }

            defaultDeny ??= rules.IsNamed || policy.DefaultAllow ? null : layer;
        }

        if (defaultDeny is { } denying)
        {
            denial = Denial.DefaultDeny.InLayer(denying);
            return DecisionReason.DefaultDeny;
        }

        return JudgeRules(view, out denial, ref pending, ref needed);
    }

    private DecisionReason JudgeRules(in CallView view, out Denial? denial, ref PendingCall? pending, ref NeededApprovals? needed)
    {
        ref readonly ToolCall call = ref view.Call;
        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            CompiledPolicy policy = policies.Layers[layer];
            ToolRules rules = policy.Find(call.Tool);
            DecisionReason reason = PolicyEvaluator.Judge(rules, view, out denial);
            if (reason != DecisionReason.Allowed)
            {
                denial = denial!.InLayer(layer);
                return reason;
            }

            foreach (CompiledApprovalRule rule in rules.Approvals)
            {
                if (rule.Rule.Evaluate(view) != ConditionOutcome.False)
                {
                    needed ??= new NeededApprovals();
                    needed.Add(rule, layer);
                }
            }

            foreach (CompiledLimit limit in rules.Limits)
            {
                pending ??= PendingCall.Rent();
                pending.Add(new CounterKey(policy.Name, limit.Counter, call.Grant!.Id), limit, layer);
            }
        }

        denial = null;
        return DecisionReason.Allowed;
    }
}
