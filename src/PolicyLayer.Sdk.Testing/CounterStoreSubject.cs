namespace PolicyLayer.Sdk.Testing;

/// <summary>A store under test. It stays the caller's to dispose, and may have been used before.</summary>
public sealed class CounterStoreSubject
{
    /// <summary>Takes a store whose clock nobody can set.</summary>
    /// <param name="store">The store.</param>
    public CounterStoreSubject(ICounterStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Store = store;
    }

    /// <summary>Takes a store that counts by a clock of the test's.</summary>
    /// <param name="store">The store.</param>
    /// <param name="clock">The clock that it counts by; it must stand still by itself.</param>
    /// <param name="advance">Moves that clock on.</param>
    public CounterStoreSubject(ICounterStore store, TimeProvider clock, Action<TimeSpan> advance)
        : this(store)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(advance);
        Clock = clock;
        Advance = advance;
    }

    /// <summary>The store.</summary>
    public ICounterStore Store { get; }

    /// <summary>Its clock; null when nobody can set it.</summary>
    public TimeProvider? Clock { get; }

    internal Action<TimeSpan>? Advance { get; }

    /// <summary>The names of one run: nothing that another run has counted is met again.</summary>
    internal string Policy { get; private init; } = string.Empty;

    internal CounterStoreSubject WithFreshNames() =>
        Clock is null ? new CounterStoreSubject(Store) { Policy = Guid.NewGuid().ToString("N") } : new CounterStoreSubject(Store, Clock, Advance!) { Policy = Guid.NewGuid().ToString("N") };

    internal CounterDemand Demand(string counter, CounterLimit limit, decimal amount = 1, bool charges = true) =>
        new(new CounterKey(Policy, counter, "scope"), limit, amount, charges);

    internal ValueTask<CounterReservation> ReserveAsync(CancellationToken cancellationToken, params CounterDemand[] demands) => Store.ReserveAsync(demands, cancellationToken);

    internal ValueTask<CounterReservation> PeekAsync(CancellationToken cancellationToken, params CounterDemand[] demands) => Store.PeekAsync(demands, cancellationToken);

    internal ValueTask RefundAsync(CounterReservation reservation, CancellationToken cancellationToken, params CounterDemand[] demands) =>
        Store.RefundAsync(reservation, demands, cancellationToken);
}
