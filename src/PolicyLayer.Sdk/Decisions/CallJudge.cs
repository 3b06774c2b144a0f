using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Arguments;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>Takes one call through the checks of policy format section 4, in order, and reserves its limits.</summary>
/// <param name="policies">The policies.</param>
/// <param name="counters">Where limits are counted.</param>
/// <param name="settlesAll">Whether settling an allowed call without limits counts once too.</param>
/// <param name="logger">Where failures are told.</param>
internal sealed class CallJudge(PolicySet policies, ICounterStore counters, bool settlesAll, ILogger logger)
{
    /// <summary>Decides. Only cancellation passes out as an exception.</summary>
    public ValueTask<ToolDecision> DecideAsync(in ToolCall call, DecisionTrace trace, CancellationToken cancellationToken)
    {
        PendingCall? pending = null;
        DecisionReason reason;
        Denial? denial;
        try
        {
            reason = Judge(call, out denial, ref pending);
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

        if (pending is not null)
        {
            return ReserveAsync(call, trace, pending, cancellationToken);
        }

        return new ValueTask<ToolDecision>(new ToolDecision(call, policies, reason, trace, null, settlesAll ? PendingCall.Rent() : null));
    }

    private DecisionReason Judge(in ToolCall call, out Denial? denial, ref PendingCall? pending)
    {
        if (WellFormedCall.Problem(call.Arguments) is { } problem)
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
                denial = HiddenToolJudge.Judge(policies, call).InLayer(layer);
                return DecisionReason.Hidden;
            }

            defaultDeny ??= rules.IsNamed || policy.DefaultAllow ? null : layer;
        }

        if (defaultDeny is { } denying)
        {
            denial = Denial.DefaultDeny.InLayer(denying);
            return DecisionReason.DefaultDeny;
        }

        return JudgeRules(call, out denial, ref pending);
    }

    private DecisionReason JudgeRules(in ToolCall call, out Denial? denial, ref PendingCall? pending)
    {
        for (int layer = 0; layer < policies.Layers.Length; layer++)
        {
            CompiledPolicy policy = policies.Layers[layer];
            ToolRules rules = policy.Find(call.Tool);
            DecisionReason reason = PolicyEvaluator.Judge(rules, call.Arguments, out denial);
            if (reason != DecisionReason.Allowed)
            {
                denial = denial!.InLayer(layer);
                return reason;
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

    private ValueTask<ToolDecision> ReserveAsync(in ToolCall call, DecisionTrace trace, PendingCall pending, CancellationToken cancellationToken)
    {
        ValueTask<ReservationResult> reserving;
        try
        {
            reserving = counters.ReserveAsync(pending.Demands, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new ValueTask<ToolDecision>(StoreUnavailable(call, trace, e));
        }

        return reserving.IsCompletedSuccessfully
            ? new ValueTask<ToolDecision>(Conclude(call, trace, pending, reserving.Result))
            : AwaitReservationAsync(call, trace, pending, reserving, cancellationToken);
    }

    private async ValueTask<ToolDecision> AwaitReservationAsync(ToolCall call, DecisionTrace trace, PendingCall pending, ValueTask<ReservationResult> reserving, CancellationToken cancellationToken)
    {
        try
        {
            return Conclude(call, trace, pending, await reserving.ConfigureAwait(false));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return StoreUnavailable(call, trace, e);
        }
    }

    private ToolDecision Conclude(in ToolCall call, DecisionTrace trace, PendingCall pending, in ReservationResult result)
    {
        if (result.IsReserved)
        {
            pending.Stamp = result.Stamp;
            return new ToolDecision(call, policies, DecisionReason.Allowed, trace, null, pending);
        }

        CounterDemand demand = pending.Demands.Span[result.Refused];
        CompiledLimit limit = demand.Limit;
        var denial = new Denial(limit.Reference)
        {
            Layer = demand.Layer,
            RetryAfter = result.RetryAfter,
            Limit = new LimitStatus(limit.Counter, limit.Max, result.Remaining, limit.WindowText, limit.Scope),
        };
        pending.Return();
        return new ToolDecision(call, policies, DecisionReason.LimitExceeded, trace, denial, null);
    }

    private ToolDecision StoreUnavailable(in ToolCall call, DecisionTrace trace, Exception e)
    {
        Log.StoreFailed(logger, e.GetType().Name);
        return new ToolDecision(call, policies, DecisionReason.StoreUnavailable, trace, Denial.Error, null);
    }
}
