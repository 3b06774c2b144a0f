using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Sdk.Sqlite.Storage;

namespace PolicyLayer.Sdk;

/// <summary>Counts limits in a SQLite file. Counters outlive the process, and several processes of one machine share them. Safe for concurrent use.</summary>
/// <remarks>
/// What is admitted is on the disk before it is answered, so neither a killed process nor a power cut refills a limit; many callers share one write. The clock is the machine's:
/// setting it back refills nothing, and setting it forward ends windows early. The file belongs on a local disk, and whoever removes it forgets what was counted.
/// A process that dies gives its places of <c>concurrent</c> limits back a minute later.
/// </remarks>
public sealed class SqliteCounterStore : ICounterStore, IDisposable
{
    internal const int DefaultMaxCounters = 1_000_000;

    private readonly Clerk<CounterTransaction> _clerk;
    private readonly HostLeases _leases;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; its folder must exist. Beside it SQLite keeps two more, with <c>-wal</c> and <c>-shm</c> behind the name.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="maxCounters">How many counters may live, as <see cref="ToolPolicyOptions.MaxCounters"/> says for those in memory.</param>
    /// <exception cref="CounterStoreException">The file cannot be opened or written, or holds something else.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCounters"/> is below 1.</exception>
    public SqliteCounterStore(string path, TimeProvider? time = null, int maxCounters = DefaultMaxCounters)
        : this(path, time ?? TimeProvider.System, maxCounters, HostLeases.DefaultLength)
    {
    }

    internal SqliteCounterStore(string path, TimeProvider time, int maxCounters, TimeSpan lease)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCounters, 1);
        _clerk = new Clerk<CounterTransaction>(path, "counters", file => new CounterTransaction(file, time, lease, maxCounters));
        _leases = new HostLeases(time, lease, RenewAsync);
    }

    /// <inheritdoc/>
    public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        _leases.ReserveAsync(demands, host => _clerk.AskAsync(transaction => transaction.Reserve(demands.Span, host, charge: true), cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        await _clerk.AskAsync(transaction => transaction.Reserve(demands.Span, Guid.Empty, charge: false), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        _leases.RefundAsync(reservation, demands, () => _clerk.AskAsync(transaction => Refund(transaction, reservation, demands), cancellationToken));

    /// <summary>Waits for the last write, and closes the file. Whoever asks later is told that the store is closed.</summary>
    public void Dispose()
    {
        _leases.Dispose();
        _clerk.Dispose();
    }

    private static bool Refund(CounterTransaction transaction, CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands)
    {
        transaction.Refund(reservation, demands.Span);
        return true;
    }

    private Task<bool> RenewAsync(IReadOnlyList<Guid> hosts) => _clerk.AskAsync(
        transaction =>
        {
            transaction.Renew(hosts);
            return true;
        },
        CancellationToken.None);
}
