using System.Globalization;
using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Counting.Memory;

namespace PolicyLayer.Benchmarks;

/// <summary>The store in memory against the framework's partitioned limiters, one caller at a time: with one key, and with many in turn. Windows are a second long, so that they slide while it is measured.</summary>
public class CounterBenchmarks
{
    private const int Permits = 1_000_000_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly CounterLimit FixedLimit = CounterLimit.Create(LimitAlgorithm.Fixed, Permits, Window);
    private static readonly CounterLimit Spent = CounterLimit.Create(LimitAlgorithm.Sliding, 1, TimeSpan.FromDays(1));
    private static readonly CounterLimit[] SlidingLimits = [.. Enumerable.Range(0, 3).Select(static _ => BenchmarkPolicies.LargeSlidingLimit(Permits, Window))];
    private static readonly string[] Counters = ["first", "second", "third"];

    private readonly MemoryCounterStore _store = new(TimeProvider.System);
    private readonly PartitionedRateLimiter<string> _fixed = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetFixedWindowLimiter(key, static _ => new FixedWindowRateLimiterOptions { PermitLimit = Permits, Window = Window }));

    private readonly PartitionedRateLimiter<string> _sliding = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, static _ => new SlidingWindowRateLimiterOptions { PermitLimit = Permits, SegmentsPerWindow = 60, Window = Window }));

    private readonly PartitionedRateLimiter<string> _spent = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, static _ => new SlidingWindowRateLimiterOptions { PermitLimit = 1, SegmentsPerWindow = 60, Window = TimeSpan.FromDays(1) }));

    private string[] _keys = [];
    private CounterDemand[] _slidingDemands = [];
    private CounterDemand[] _fixedDemands = [];
    private CounterDemand[] _spentDemands = [];
    private CounterDemand[] _threeDemands = [];
    private int _next;

    [Params(1, 10_000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _keys = [.. Enumerable.Range(0, Keys).Select(static i => "grant-" + i.ToString(CultureInfo.InvariantCulture))];
        _slidingDemands = [.. _keys.Select(static key => Demand("sliding", SlidingLimits[0], key))];
        _fixedDemands = [.. _keys.Select(static key => Demand("fixed", FixedLimit, key))];
        _spentDemands = [.. _keys.Select(static key => Demand("spent", Spent, key))];
        _threeDemands = [.. _keys.SelectMany(static key => Counters.Select((counter, i) => Demand(counter, SlidingLimits[i], key)))];
    }

    [Benchmark(Baseline = true)]
    public bool FrameworkSliding() => Acquire(_sliding);

    [Benchmark]
    public bool FrameworkFixed() => Acquire(_fixed);

    [Benchmark]
    public bool FrameworkRefused() => Acquire(_spent);

    [Benchmark]
    public bool Sliding() => Reserve(_slidingDemands.AsMemory(Next(), 1));

    [Benchmark]
    public bool Fixed() => Reserve(_fixedDemands.AsMemory(Next(), 1));

    [Benchmark]
    public bool Refused() => Reserve(_spentDemands.AsMemory(Next(), 1));

    [Benchmark]
    public bool ThreeLimitsAtOnce() => Reserve(_threeDemands.AsMemory(Next() * Counters.Length, Counters.Length));

    [GlobalCleanup]
    public void Stop()
    {
        _fixed.Dispose();
        _sliding.Dispose();
        _spent.Dispose();
    }

    private static CounterDemand Demand(string counter, CounterLimit limit, string scope) => new(new CounterKey("policy", counter, scope), limit, 1, Charges: true);

    private bool Acquire(PartitionedRateLimiter<string> limiter)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(_keys[Next()]);
        return lease.IsAcquired;
    }

    private bool Reserve(ReadOnlyMemory<CounterDemand> demands)
    {
        ValueTask<CounterReservation> reserving = _store.ReserveAsync(demands, CancellationToken.None);
        return reserving.IsCompletedSuccessfully && reserving.Result.IsReserved;
    }

    private int Next() => _next = _next + 1 < _keys.Length ? _next + 1 : 0;
}
