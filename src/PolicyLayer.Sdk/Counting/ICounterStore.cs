namespace PolicyLayer.Sdk.Counting;

/// <summary>Keeps the counters. Never admits more than a limit's maximum, whatever happens.</summary>
internal interface ICounterStore
{
    /// <summary>Reserves every demand, or none.</summary>
    /// <param name="demands">What the call asks, limit by limit. The memory is the store's until the task ends.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is then reserved.</param>
    /// <exception cref="CounterStoreException">The store cannot answer; the call is denied.</exception>
    ValueTask<ReservationResult> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken);

    /// <summary>Says whether every demand would fit now, and reserves nothing.</summary>
    /// <param name="demands">What the call asks, limit by limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CounterStoreException">The store cannot answer; the call is denied.</exception>
    ValueTask<ReservationResult> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken);

    /// <summary>Gives back one demand of an earlier reservation, to the window that was charged.</summary>
    /// <param name="demand">A demand that charged its counter.</param>
    /// <param name="stamp">The reservation's stamp.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask RefundAsync(CounterDemand demand, CounterTime stamp, CancellationToken cancellationToken);
}
