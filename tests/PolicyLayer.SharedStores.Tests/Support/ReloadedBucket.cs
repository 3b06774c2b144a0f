using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>A token bucket whose policy is changed while a call that it charged still runs, and is given back later.</summary>
internal static class ReloadedBucket
{
    /// <summary>A refund says what was charged, and nothing of how the bucket refills by now.</summary>
    public static async Task AssertRefillsAsItIsNowAsync(ICounterStore store, ManualTimeProvider clock)
    {
        CounterDemand fast = Demand("slowed", max: 6_000, burst: 100);
        CounterReservation running = await ReserveAsync(store, fast);
        Assert.Equal(99, await store.DrainAsync(fast));
        CounterDemand slow = Demand("slowed", max: 1, burst: 100);
        Assert.False(await store.AdmitsAsync(slow));
        clock.Advance(TimeSpan.FromSeconds(1));
        await store.RefundAsync(running, new[] { fast }, TestContext.Current.CancellationToken);
        Assert.Equal(1, await store.DrainAsync(slow));
    }

    /// <summary>A bucket that is larger by now is neither full nor forgotten because it holds as much as it once could.</summary>
    public static async Task AssertHoldsAsMuchAsItCanByNowAsync(ICounterStore store, ManualTimeProvider clock)
    {
        CounterDemand small = Demand("grown", max: 6_000, burst: 10);
        CounterReservation running = await ReserveAsync(store, small);
        clock.Advance(TimeSpan.FromSeconds(1));
        CounterDemand large = Demand("grown", max: 6_000, burst: 100);
        await ReserveAsync(store, large with { Amount = 80 });
        await store.RefundAsync(running, new[] { small }, TestContext.Current.CancellationToken);
        Assert.True(await store.AdmitsAsync(Demand("other", max: 1, burst: 1)));
        Assert.Equal(21, await store.DrainAsync(large));
    }

    private static async Task<CounterReservation> ReserveAsync(ICounterStore store, CounterDemand demand)
    {
        CounterReservation reservation = await store.ReserveAsync(new[] { demand }, TestContext.Current.CancellationToken);
        Assert.True(reservation.IsReserved);
        return reservation;
    }

    private static CounterDemand Demand(string counter, decimal max, decimal burst) =>
        Ask.Demand(CounterLimit.Create(LimitAlgorithm.TokenBucket, max, TimeSpan.FromMinutes(1), burst: burst), counter);
}
