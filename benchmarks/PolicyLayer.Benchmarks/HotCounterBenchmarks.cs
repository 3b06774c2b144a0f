using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Counting.Memory;

namespace PolicyLayer.Benchmarks;

/// <summary>Two threads on one key: the store in memory against the framework's partitioned limiters.</summary>
public class HotCounterBenchmarks
{
    private const int Permits = 1_000_000_000;
    private const int Calls = 20_000;

    private readonly MemoryCounterStore _store = new(TimeProvider.System);
    private readonly CounterDemand[] _sliding = [Demand("sliding", BenchmarkPolicies.LargeSlidingLimit(Permits, TimeSpan.FromMinutes(1)))];
    private readonly CounterDemand[] _fixed = [Demand("fixed", CounterLimit.Create(LimitAlgorithm.Fixed, Permits, TimeSpan.FromMinutes(1)))];
    private readonly PartitionedRateLimiter<string> _fixedLimiter = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetFixedWindowLimiter(key, static _ => new FixedWindowRateLimiterOptions { PermitLimit = Permits, Window = TimeSpan.FromMinutes(1) }));

    private readonly PartitionedRateLimiter<string> _slidingLimiter = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, static _ => new SlidingWindowRateLimiterOptions { PermitLimit = Permits, SegmentsPerWindow = 60, Window = TimeSpan.FromMinutes(1) }));

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public void FrameworkSliding() => Acquire(_slidingLimiter);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void FrameworkFixed() => Acquire(_fixedLimiter);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Sliding() => Reserve(_sliding);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Fixed() => Reserve(_fixed);

    [GlobalCleanup]
    public void Stop()
    {
        _fixedLimiter.Dispose();
        _slidingLimiter.Dispose();
    }

    private static CounterDemand Demand(string counter, CounterLimit limit) => new(new CounterKey("policy", counter, "grant"), limit, 1, Charges: true);

    private static void Acquire(PartitionedRateLimiter<string> limiter) => Together(() =>
    {
        using RateLimitLease lease = limiter.AttemptAcquire("grant");
        return lease.IsAcquired;
    });

    private void Reserve(CounterDemand[] demands) => Together(() =>
    {
        ValueTask<CounterReservation> reserving = _store.ReserveAsync(demands, CancellationToken.None);
        return reserving.IsCompletedSuccessfully && reserving.Result.IsReserved;
    });

    private static void Together(Func<bool> call) => Parallel.For(0, 2, new ParallelOptions { MaxDegreeOfParallelism = 2 }, _ =>
    {
        for (int i = 0; i < Calls / 2; i++)
        {
            if (!call())
            {
                throw new InvalidOperationException("the limit is not to be reached here");
            }
        }
    });
}
