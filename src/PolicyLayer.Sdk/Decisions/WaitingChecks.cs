using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting.Pending;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Decisions;

/// <summary>The checks that may have to wait, for a store or a person: 8 to 10 of policy format section 4.</summary>
/// <param name="policies">The policies.</param>
/// <param name="counters">Where limits are counted.</param>
/// <param name="limiters">The host's own limits.</param>
/// <param name="approvals">Who asks people.</param>
/// <param name="settlesAll">Whether settling an allowed call without limits counts once too.</param>
/// <param name="allowsUncounted">Whether a call is allowed when the counters do not answer.</param>
/// <param name="telemetry">Where failures are told.</param>
internal sealed class WaitingChecks(PolicySet policies, ICounterStore counters, HostLimiters limiters, ApprovalDesk approvals, bool settlesAll, bool allowsUncounted, GuardTelemetry telemetry)
{
    /// <summary>Asks for approval, and reserves the limits when it is given. Nobody is asked about a call whose limits are spent.</summary>
    public async ValueTask<ToolDecision> ApproveAsync(ToolCall call, DecisionTrace trace, NeededApprovals needed, PendingCall? pending, CancellationToken cancellationToken)
    {
        if (pending is { Demands.IsEmpty: false })
        {
            try
            {
                CounterReservation peeked = await counters.PeekAsync(pending.Demands, cancellationToken).ConfigureAwait(false);
                if (!peeked.IsReserved)
                {
                    return LimitExceeded(call, trace, pending, peeked);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // Where the call may run uncounted, it is still for a person to say whether it may run at all.
                if (!MayRunUncounted(e))
                {
                    return StoreUnavailable(call, trace, e);
                }

                pending = pending.Copy();
            }
        }

        ApprovalVerdict verdict;
        try
        {
            verdict = approvals.IsStaffed
                ? await approvals.AskAsync(needed.ToRequest(call, trace.Id!, policies.Version), () => trace.Issuer!.Policies.Version == policies.Version, cancellationToken).ConfigureAwait(false)
                : new ApprovalVerdict(DecisionReason.ApprovalRequired);
        }
        catch (CounterStoreException e)
        {
            telemetry.ApprovalFailed(e.InnerException ?? e);
            pending?.Return();
            return new ToolDecision(call, policies, DecisionReason.StoreUnavailable, trace, Denial.NotAsked, null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            telemetry.ApprovalFailed(e);
            pending?.Return();
            return new ToolDecision(call, policies, DecisionReason.EvaluationError, trace, Denial.Error, null);
        }

        (RuleReference reference, int layer) = needed.First;
        var asked = new Denial(reference) { Layer = layer, Approval = verdict.Stored };
        if (verdict.Reason != DecisionReason.Approved)
        {
            pending?.Return();
            return new ToolDecision(call, policies, verdict.Reason, trace, asked, null);
        }

        if (pending is null)
        {
            return new ToolDecision(call, policies, verdict.Reason, trace, asked, settlesAll ? PendingCall.Rent() : null);
        }

        ToolDecision reserved = await ReserveAsync(call, trace, verdict.Reason, pending, cancellationToken).ConfigureAwait(false);
        return reserved.IsAllowed ? new ToolDecision(call, policies, reserved.Reason, trace, asked, reserved.Pending) : reserved;
    }

    /// <summary>Looks whether a tool that does not exist would be refused by a limit, a policy's or the host's own, as then the caller of a hidden one must see that refusal. Nothing is charged.</summary>
    /// <param name="call">The call of the hidden tool.</param>
    /// <param name="trace">The decision's trace.</param>
    /// <param name="hidden">Its denial.</param>
    /// <param name="pending">The policies' limits of a tool that does not exist; there may be none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<ToolDecision> PeekHiddenAsync(ToolCall call, DecisionTrace trace, Denial hidden, PendingCall pending, CancellationToken cancellationToken)
    {
        try
        {
            CounterReservation peeked = pending.Demands.IsEmpty ? CounterReservation.Reserved() : await counters.PeekAsync(pending.Demands, cancellationToken).ConfigureAwait(false);
            if (!peeked.IsReserved)
            {
                hidden = hidden with { SeenReason = DecisionReason.LimitExceeded, Seen = Spent(pending, peeked) };
            }

            pending.Return();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            telemetry.StoreFailed(e);
            if (!MayRunUncounted(e))
            {
                hidden = hidden with { SeenReason = DecisionReason.StoreUnavailable, Seen = Denial.Error };
            }
        }

        return new ToolDecision(call, policies, DecisionReason.Hidden, trace, hidden.SeenReason == DecisionReason.Allowed ? PeekLimiters(call, hidden) : hidden, null);
    }

    /// <summary>The host's own limiters are asked last here, too.</summary>
    private Denial PeekLimiters(in ToolCall call, Denial hidden)
    {
        try
        {
            return limiters.Peek(HiddenToolJudge.WithoutTool(call)) is { } refusal ? hidden with { SeenReason = DecisionReason.LimitExceeded, Seen = refusal } : hidden;
        }
        catch (Exception e)
        {
            telemetry.LimiterFailed(e);
            return hidden with { SeenReason = DecisionReason.EvaluationError, Seen = Denial.Error };
        }
    }

    /// <summary>Reserves every limit, or none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="trace">The decision's trace.</param>
    /// <param name="reason">Why the call is allowed when the limits are reserved.</param>
    /// <param name="pending">What to reserve.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<ToolDecision> ReserveAsync(in ToolCall call, DecisionTrace trace, DecisionReason reason, PendingCall pending, CancellationToken cancellationToken)
    {
        ValueTask<CounterReservation> reserving;
        try
        {
            reserving = pending.Demands.IsEmpty ? new(CounterReservation.Reserved()) : counters.ReserveAsync(pending.Demands, cancellationToken);
        }
        catch (Exception e)
        {
            // One that throws at once is a store like one that fails later.
            reserving = ValueTask.FromException<CounterReservation>(e);
        }

        return reserving.IsCompletedSuccessfully && limiters.IsEmpty
            ? new ValueTask<ToolDecision>(Conclude(call, trace, reason, pending, reserving.Result))
            : AwaitReservationAsync(call, trace, reason, pending, reserving, cancellationToken);
    }

    private async ValueTask<ToolDecision> AwaitReservationAsync(ToolCall call, DecisionTrace trace, DecisionReason reason, PendingCall pending, ValueTask<CounterReservation> reserving, CancellationToken cancellationToken)
    {
        CounterReservation result;
        try
        {
            result = await reserving.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ToolDecision uncounted = StoreUnavailable(call, trace, e);
            return uncounted.IsAllowed && !limiters.IsEmpty
                ? await AcquireAsync(call, trace, DecisionReason.AllowedUncounted, uncounted.Pending!).ConfigureAwait(false)
                : uncounted;
        }

        ToolDecision decision = Conclude(call, trace, reason, pending, result);
        return decision.IsAllowed && !limiters.IsEmpty ? await AcquireAsync(call, trace, reason, pending).ConfigureAwait(false) : decision;
    }

    /// <summary>Asks the host's own limiters last, for what they have given they may not take back.</summary>
    private async ValueTask<ToolDecision> AcquireAsync(ToolCall call, DecisionTrace trace, DecisionReason reason, PendingCall pending)
    {
        (DecisionReason refusal, Denial? denial) = (DecisionReason.LimitExceeded, null);
        try
        {
            denial = limiters.Acquire(call, pending);
        }
        catch (Exception e)
        {
            telemetry.LimiterFailed(e);
            (refusal, denial) = (DecisionReason.EvaluationError, Denial.Error);
        }

        if (denial is null)
        {
            return new ToolDecision(call, policies, reason, trace, null, pending);
        }

        await Settlement.SettleAsync(counters, pending, outcome: null, telemetry, CancellationToken.None).ConfigureAwait(false);
        return new ToolDecision(call, policies, refusal, trace, denial, null);
    }

    private ToolDecision Conclude(in ToolCall call, DecisionTrace trace, DecisionReason reason, PendingCall pending, in CounterReservation result)
    {
        if (!result.IsReserved)
        {
            return LimitExceeded(call, trace, pending, result);
        }

        pending.Reservation = result;
        return new ToolDecision(call, policies, reason, trace, null, pending);
    }

    private ToolDecision LimitExceeded(in ToolCall call, DecisionTrace trace, PendingCall pending, in CounterReservation result)
    {
        Denial denial = Spent(pending, result);
        pending.Return();
        return new ToolDecision(call, policies, DecisionReason.LimitExceeded, trace, denial, null);
    }

    private static Denial Spent(PendingCall pending, in CounterReservation result)
    {
        PendingLimit refused = pending.Limits[result.RefusedIndex];
        CompiledLimit limit = refused.Limit;
        return new Denial(limit.Reference)
        {
            Layer = refused.Layer,
            RetryAfter = result.RetryAfter,
            Limit = new LimitStatus(limit, result.Remaining),
        };
    }

    /// <summary>What is asked of a store that has not answered is left to it, and not used again.</summary>
    private ToolDecision StoreUnavailable(in ToolCall call, DecisionTrace trace, Exception e)
    {
        telemetry.StoreFailed(e);
        if (!MayRunUncounted(e))
        {
            return new ToolDecision(call, policies, DecisionReason.StoreUnavailable, trace, Denial.Error, null);
        }

        Log.AllowedUncounted(telemetry.Logger, ShownName.Of(call.Tool), call.Grant?.Id, trace.Id);
        return new ToolDecision(call, policies, DecisionReason.AllowedUncounted, trace, null, settlesAll || !limiters.IsEmpty ? PendingCall.Rent() : null);
    }

    private bool MayRunUncounted(Exception e) => allowsUncounted && e is not CounterStoreException { IsFull: true };
}
