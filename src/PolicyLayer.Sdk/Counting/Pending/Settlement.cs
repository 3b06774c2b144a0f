using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.Counting.Pending;

/// <summary>What a settled call gives back (policy format, section 5, <c>refund</c>).</summary>
internal static class Settlement
{
    /// <summary>Gives back what is due, in one question to the store, and what was reserved to its pool. It never throws: what could not be given back stays spent, for errors never let more calls through.</summary>
    /// <param name="counters">The store.</param>
    /// <param name="pending">What was reserved; whoever settles it has taken it.</param>
    /// <param name="outcome">What became of the call; null when it is not admitted after all, and everything goes back.</param>
    /// <param name="telemetry">Hears of what failed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static ValueTask SettleAsync(ICounterStore counters, PendingCall pending, ToolOutcome? outcome, GuardTelemetry telemetry, CancellationToken cancellationToken)
    {
        try
        {
            ValueTask refunding = RefundAsync(counters, pending, outcome, cancellationToken);
            if (!refunding.IsCompletedSuccessfully)
            {
                return AwaitRefundAsync(refunding, pending, telemetry);
            }

            pending.Return();
        }
        catch (Exception e)
        {
            telemetry.SettlingFailed(e);
        }

        return default;
    }

    /// <summary>The one that gives back less.</summary>
    public static RefundRule Stricter(RefundRule one, RefundRule other) => (one, other) switch
    {
        (RefundRule.Never, _) or (_, RefundRule.Never) => RefundRule.Never,
        (RefundRule.OnError, RefundRule.OnError) => RefundRule.OnError,
        _ => RefundRule.NotRun,
    };

    /// <summary>Whether a rule gives back what a call of this outcome took. A call that was cancelled while it ran may have done anything: it counts as an error.</summary>
    public static bool IsDue(RefundRule rule, ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.NotRun => rule != RefundRule.Never,
        ToolOutcome.Error or ToolOutcome.Cancelled => rule == RefundRule.OnError,
        _ => false,
    };

    private static async ValueTask AwaitRefundAsync(ValueTask refunding, PendingCall pending, GuardTelemetry telemetry)
    {
        try
        {
            await refunding.ConfigureAwait(false);
            pending.Return();
        }
        catch (Exception e)
        {
            telemetry.SettlingFailed(e);
        }
    }

    private static ValueTask RefundAsync(ICounterStore counters, PendingCall pending, ToolOutcome? outcome, CancellationToken cancellationToken)
    {
        CounterReservation reservation = pending.Reservation;
        pending.KeepRefunds(outcome);
        ValueTask refunding = reservation.IsReserved && !pending.Demands.IsEmpty ? counters.RefundAsync(reservation, pending.Demands, cancellationToken) : default;

        // Last, for what a host's limiter throws must not keep what the counters get back.
        pending.DisposeLeases();
        return refunding;
    }
}
