using System.Threading.RateLimiting;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting.Pending;

/// <summary>A host's own rate limiter.</summary>
/// <param name="Name">What decisions call it.</param>
/// <param name="Limiter">It; the host's to dispose.</param>
internal sealed record HostLimiter(string Name, PartitionedRateLimiter<ToolCall> Limiter)
{
    public RuleReference Rule { get; } = new($"(rate limiter {Name})");
}
