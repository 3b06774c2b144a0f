namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>A token bucket that holds as much as one can, and refills as slowly.</summary>
internal static class SlowBucket
{
    /// <summary>The time to wait is longer than can be said, and yet the limit is what refuses.</summary>
    public static async Task AssertRefusesAsync(ICounterStore store)
    {
        const decimal Burst = 1_000_000_000_000;
        CounterDemand all = Ask.Demand(CounterLimit.Create(LimitAlgorithm.TokenBucket, 0.000001m, TimeSpan.FromDays(366), burst: Burst), "slow", Burst);
        Assert.True(await store.AdmitsAsync(all));
        CounterReservation refused = await store.ReserveAsync(new[] { all }, TestContext.Current.CancellationToken);
        Assert.False(refused.IsReserved);
        Assert.Equal(0, decimal.Truncate(refused.Remaining));
        Assert.Equal(TimeSpan.MaxValue, refused.RetryAfter);
    }
}
