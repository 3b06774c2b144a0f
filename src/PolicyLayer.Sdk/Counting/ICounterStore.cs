namespace PolicyLayer.Sdk;

/// <summary>Keeps the counters of limits. Never admits more than a limit's maximum, whatever happens: concurrency, a crash of any host, a store that is lost and comes back.</summary>
/// <remarks>
/// Safe for concurrent use. A store that others share counts by its own clock, never by a host's; one in memory by the monotonic clock.
/// What it throws denies the call, and so does no answer within <see cref="ToolPolicyOptions.StoreTimeout"/>, after which its token is cancelled. Nothing is asked twice:
/// when it is not known whether a reservation happened, it counts as spent. A store that blocks its caller's thread cannot be timed out, so one that waits must await.
/// </remarks>
public interface ICounterStore
{
    /// <summary>Reserves every demand, or none: nobody ever sees a part, and demands that do not fit shut nobody else out.</summary>
    /// <param name="demands">What the call asks, limit by limit, at least one. The memory is the store's until the task ends, not longer.</param>
    /// <param name="cancellationToken">Ends the wait; what was reserved for all that is given back, or stays spent.</param>
    /// <exception cref="CounterStoreException">The store cannot answer.</exception>
    ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken);

    /// <summary>Says whether every demand would fit now, and reserves nothing.</summary>
    /// <param name="demands">What the call asks, limit by limit, at least one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CounterStoreException">The store cannot answer.</exception>
    ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken);

    /// <summary>Gives back demands of an earlier reservation, each to the window that was charged, never to a later one.</summary>
    /// <param name="reservation">The reservation. It comes here once, when its call is settled; but a store that can tell refunds once even if it came again.</param>
    /// <param name="demands">Those of its demands that charged their counters and are to be given back; at least one.</param>
    /// <param name="cancellationToken">Ends the wait; what is not given back stays spent.</param>
    /// <exception cref="CounterStoreException">The store cannot answer; what is not given back stays spent.</exception>
    ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken);
}
