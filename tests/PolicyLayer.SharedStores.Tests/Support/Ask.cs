namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>What tests ask of a store.</summary>
internal static class Ask
{
    public static CounterLimit Limit(decimal max, LimitAlgorithm algorithm = LimitAlgorithm.Sliding, TimeSpan? window = null) =>
        CounterLimit.Create(algorithm, max, window ?? TimeSpan.FromDays(10_000));

    public static CounterDemand Demand(CounterLimit limit, string counter = "c", decimal amount = 1) =>
        new(new CounterKey("test", counter, "scope"), limit, amount, Charges: true);

    public static async Task<bool> AdmitsAsync(this ICounterStore store, params CounterDemand[] demands) =>
        (await store.ReserveAsync(demands, TestContext.Current.CancellationToken)).IsReserved;

    /// <summary>How many calls a counter still admits; it admits none afterwards.</summary>
    public static async Task<int> DrainAsync(this ICounterStore store, CounterDemand demand)
    {
        int admitted = 0;
        while (await store.AdmitsAsync(demand))
        {
            admitted++;
        }

        return admitted;
    }
}
