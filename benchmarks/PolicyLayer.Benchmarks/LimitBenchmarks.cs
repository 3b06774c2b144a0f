using System.Text.Json;
using System.Threading.RateLimiting;
using BenchmarkDotNet.Attributes;
using PolicyLayer.Sdk;

namespace PolicyLayer.Benchmarks;

/// <summary>A decision with one limit, settled, against the framework's partitioned limiter, which only counts.</summary>
public class LimitBenchmarks
{
    private readonly ToolGuard _guard = BenchmarkPolicies.Guard(100, BenchmarkPolicies.Limit);
    private readonly ToolCall _call = new(Grant.Default, BenchmarkPolicies.Tool, JsonElement.Parse(BenchmarkPolicies.Arguments));
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(static key =>
        RateLimitPartition.GetSlidingWindowLimiter(key, static _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = 1_000_000_000,
            SegmentsPerWindow = 60,
            Window = TimeSpan.FromSeconds(1),
        }));

    [Benchmark(Baseline = true)]
    public bool FrameworkLimiter()
    {
        using RateLimitLease lease = _limiter.AttemptAcquire("default");
        return lease.IsAcquired;
    }

    [Benchmark]
    public async ValueTask<bool> GuardWithOneLimit()
    {
        ToolDecision decision = await _guard.AuthorizeAsync(_call);
        await _guard.CompleteAsync(decision, ToolOutcome.Ok);
        return decision.IsAllowed;
    }

    [GlobalCleanup]
    public void Stop() => _limiter.Dispose();
}
