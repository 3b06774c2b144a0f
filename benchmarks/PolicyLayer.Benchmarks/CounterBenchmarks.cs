using System.Globalization;
using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Benchmarks;

/// <summary>The store in memory against the framework's partitioned limiters, one caller at a time: with one key, and with many in turn.</summary>
public class CounterBenchmarks
{
    private const int Permits = 1_000_000_000;

    private readonly MemoryCounterStore _store = new(TimeProvider.System);
    private readonly PartitionedRateLimiter<string> _fixed = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetFixedWindowLimiter(key, static _ => new FixedWindowRateLimiterOptions { PermitLimit = Permits, Window = TimeSpan.FromMinutes(1) }));

    private readonly PartitionedRateLimiter<string> _sliding = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, static _ => new SlidingWindowRateLimiterOptions { PermitLimit = Permits, SegmentsPerWindow = 60, Window = TimeSpan.FromMinutes(1) }));

    private string[] _keys = [];
    private CounterDemand[][] _fixedDemands = [];
    private CounterDemand[][] _slidingDemands = [];
    private CounterDemand[][] _threeDemands = [];
    private int _next;

    [Params(1, 10_000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _keys = [.. Enumerable.Range(0, Keys).Select(static i => "grant-" + i.ToString(CultureInfo.InvariantCulture))];
        _fixedDemands = [.. _keys.Select(static key => new[] { Demand("fixed", LimitAlgorithm.Fixed, key) })];
        _slidingDemands = [.. _keys.Select(static key => new[] { Demand("sliding", LimitAlgorithm.Sliding, key) })];
        _threeDemands = [.. _keys.Select(static key => new[] { Demand("one", LimitAlgorithm.Sliding, key), Demand("two", LimitAlgorithm.Sliding, key), Demand("three", LimitAlgorithm.Sliding, key) })];
    }

    [Benchmark(Baseline = true)]
    public bool FrameworkSliding()
    {
        using RateLimitLease lease = _sliding.AttemptAcquire(_keys[Next()]);
        return lease.IsAcquired;
    }

    [Benchmark]
    public bool FrameworkFixed()
    {
        using RateLimitLease lease = _fixed.AttemptAcquire(_keys[Next()]);
        return lease.IsAcquired;
    }

    [Benchmark]
    public bool Sliding() => Reserve(_slidingDemands);

    [Benchmark]
    public bool Fixed() => Reserve(_fixedDemands);

    [Benchmark]
    public bool ThreeLimitsAtOnce() => Reserve(_threeDemands);

    [GlobalCleanup]
    public void Stop()
    {
        _fixed.Dispose();
        _sliding.Dispose();
    }

    private static CounterDemand Demand(string counter, LimitAlgorithm algorithm, string scope) =>
        new(new CounterKey("policy", counter, scope), CounterLimit.Create(algorithm, Permits, TimeSpan.FromMinutes(1)), 1, Charges: true);

    private bool Reserve(CounterDemand[][] demands)
    {
        ValueTask<CounterReservation> reserving = _store.ReserveAsync(demands[Next()], CancellationToken.None);
        return reserving.IsCompletedSuccessfully && reserving.Result.IsReserved;
    }

    private int Next() => _next = _next + 1 < _keys.Length ? _next + 1 : 0;
}
