using System.Threading.RateLimiting;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.Counting.Pending;

/// <summary>A host's own rate limiters: each is one more limit of every call, asked once the policies' limits are reserved.</summary>
internal sealed class HostLimiters(IReadOnlyList<HostLimiter> limiters)
{
    public static readonly HostLimiters None = new([]);

    public bool IsEmpty => limiters.Count == 0;

    /// <summary>Acquires of each of them, or of none that can be given back. What is acquired is held until the call is settled.</summary>
    /// <returns>What refused, or null.</returns>
    public Denial? Acquire(in ToolCall call, PendingCall pending)
    {
        foreach (HostLimiter limiter in limiters)
        {
            RateLimitLease lease = limiter.Limiter.AttemptAcquire(call);
            if (lease.IsAcquired)
            {
                pending.Leases.Add(lease);
                continue;
            }

            return RefusalOf(limiter, lease);
        }

        return null;
    }

    /// <summary>Looks whether one of them has nothing left for a call. Nothing is acquired.</summary>
    /// <returns>What would refuse, or null.</returns>
    public Denial? Peek(in ToolCall call)
    {
        foreach (HostLimiter limiter in limiters)
        {
            RateLimitLease lease = limiter.Limiter.AttemptAcquire(call, permitCount: 0);
            if (!lease.IsAcquired)
            {
                return RefusalOf(limiter, lease);
            }

            lease.Dispose();
        }

        return null;
    }

    private static Denial RefusalOf(HostLimiter limiter, RateLimitLease lease)
    {
        TimeSpan? wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan told) ? told : null;
        lease.Dispose();
        return new Denial(limiter.Rule) { RetryAfter = wait };
    }
}
