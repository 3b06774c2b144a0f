namespace PolicyLayer.Sdk.Counting;

/// <summary>What a settled call gives back (policy format, section 5, <c>refund</c>).</summary>
internal static class Settlement
{
    public static async ValueTask RefundAsync(ICounterStore counters, PendingCall pending, ToolOutcome outcome, CancellationToken cancellationToken)
    {
        for (int i = 0; i < pending.Demands.Length; i++)
        {
            CounterDemand demand = pending.Demands.Span[i];
            if (IsDue(demand.Limit.Refund, outcome))
            {
                await counters.RefundAsync(demand, pending.Stamp, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsDue(RefundRule rule, ToolOutcome outcome) => outcome switch
    {
        ToolOutcome.NotRun => rule != RefundRule.Never,
        ToolOutcome.Error => rule == RefundRule.OnError,
        _ => false,
    };
}
