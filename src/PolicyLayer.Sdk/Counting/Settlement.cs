using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting;

/// <summary>What a settled call gives back (policy format, section 5, <c>refund</c>).</summary>
internal static class Settlement
{
    public static async ValueTask RefundAsync(ICounterStore counters, PendingCall pending, ToolOutcome outcome, CancellationToken cancellationToken)
    {
        for (int i = 0; i < pending.Demands.Length; i++)
        {
            CounterDemand demand = pending.Demands.Span[i];
            if (demand.Charges && (demand.Limit.Algorithm == LimitAlgorithm.Concurrent || IsDue(demand.Refund, outcome)))
            {
                await counters.RefundAsync(demand, pending.Stamp, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The one that gives back less.</summary>
    public static RefundRule Stricter(RefundRule one, RefundRule other) => (one, other) switch
    {
        (RefundRule.Never, _) or (_, RefundRule.Never) => RefundRule.Never,
        (RefundRule.OnError, RefundRule.OnError) => RefundRule.OnError,
        _ => RefundRule.NotRun,
    };

    private static bool IsDue(RefundRule rule, ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.NotRun => rule != RefundRule.Never,
        ToolOutcome.Error => rule == RefundRule.OnError,
        _ => false,
    };
}
