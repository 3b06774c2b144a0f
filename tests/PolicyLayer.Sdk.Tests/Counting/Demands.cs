using PolicyLayer.Sdk.Counting.Memory;

namespace PolicyLayer.Sdk.Tests.Counting;

/// <summary>Demands on a store, and what it answers at once.</summary>
internal static class Demands
{
    public static CounterLimit Limit(decimal max, int seconds = 60) => CounterLimit.Create(LimitAlgorithm.Sliding, max, TimeSpan.FromSeconds(seconds));

    /// <summary>One whose counters count in slices, as a policy's limit of more than two thousand calls.</summary>
    public static CounterLimit CoarseLimit(decimal max)
    {
        CounterLimit limit = Limit(max);
        limit.CountsInSlices = true;
        return limit;
    }

    public static CounterDemand Of(string counter, CounterLimit limit, string scope = "g") =>
        new(new CounterKey("p", counter, scope), limit, 1m, Charges: true);

    public static CounterReservation Reserve(this MemoryCounterStore store, params CounterDemand[] demands) =>
        store.ReserveAsync(demands, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public static CounterReservation Peek(this MemoryCounterStore store, params CounterDemand[] demands) =>
        store.PeekAsync(demands, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public static void Refund(this MemoryCounterStore store, CounterDemand demand, CounterReservation reservation) =>
        store.RefundAsync(reservation, new[] { demand }, CancellationToken.None).AsTask().GetAwaiter().GetResult();
}
