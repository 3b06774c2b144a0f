using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Benchmarks;

/// <summary>Two threads on one key: the store in memory against the framework's partitioned limiter.</summary>
public class HotCounterBenchmarks
{
    private const int Permits = 1_000_000_000;
    private const int Calls = 20_000;

    private readonly MemoryCounterStore _store = new(TimeProvider.System);
    private readonly CounterDemand[] _demands = [new(new CounterKey("policy", "hot", "grant"), CounterLimit.Create(LimitAlgorithm.Sliding, Permits, TimeSpan.FromMinutes(1)), 1, Charges: true)];
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, static _ => new SlidingWindowRateLimiterOptions { PermitLimit = Permits, SegmentsPerWindow = 60, Window = TimeSpan.FromMinutes(1) }));

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public void FrameworkSliding() => Together(() =>
    {
        using RateLimitLease lease = _limiter.AttemptAcquire("grant");
        return lease.IsAcquired;
    });

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Sliding() => Together(() =>
    {
        ValueTask<CounterReservation> reserving = _store.ReserveAsync(_demands, CancellationToken.None);
        return reserving.IsCompletedSuccessfully && reserving.Result.IsReserved;
    });

    [GlobalCleanup]
    public void Stop() => _limiter.Dispose();

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
