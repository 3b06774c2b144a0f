using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>A token bucket whose policy is changed after it was emptied, so that it refills more slowly.</summary>
internal static class SlowedBucket
{
    public static CounterDemand Before { get; } = Demand(1440);

    public static CounterDemand After { get; } = Demand(1);

    /// <summary>Other counters come when the bucket would have been full as it was before, and take the place of what counts no more.</summary>
    public static async Task AssertIsKeptAsync(ICounterStore store, ManualTimeProvider clock)
    {
        Assert.Equal(10, await store.DrainAsync(Before));
        Assert.False(await store.AdmitsAsync(After));
        clock.Advance(TimeSpan.FromMinutes(20));
        for (int i = 0; i < 10; i++)
        {
            Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(1), "other" + i)));
        }

        Assert.False(await store.AdmitsAsync(After));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await store.DrainAsync(After));
    }

    private static CounterDemand Demand(decimal max) => Ask.Demand(CounterLimit.Create(LimitAlgorithm.TokenBucket, max, TimeSpan.FromDays(1), burst: 10), "bucket");
}
