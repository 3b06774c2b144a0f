using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>Demands on a store, and what it answers at once.</summary>
internal static class Demands
{
    public static CompiledLimit Limit(decimal max, int seconds = 60) =>
        new(new RuleReference("/limits"), "c", LimitAlgorithm.Sliding, new LimitWindow("window", TimeSpan.FromSeconds(seconds), CalendarUnit.FromEpoch), max, max, LimitScope.Grant, LimitAmount.One, RefundRule.NotRun);

    public static CounterDemand Of(string counter, CompiledLimit limit, string scope = "g") =>
        new(new CounterKey("p", counter, scope), limit, 0, 1m, limit.Refund, Charges: true);

    public static ReservationResult Reserve(this MemoryCounterStore store, params CounterDemand[] demands) =>
        store.ReserveAsync(demands, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public static void Refund(this MemoryCounterStore store, CounterDemand demand, CounterTime stamp) =>
        store.RefundAsync(demand, stamp, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
