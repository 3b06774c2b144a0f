using Npgsql;
using NpgsqlTypes;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Sdk.Postgres.Server;

namespace PolicyLayer.Sdk;

/// <summary>Counts limits in PostgreSQL, for any number of hosts. Safe for concurrent use.</summary>
/// <remarks>
/// All limits of a call are one statement: one round trip, one transaction, which is no part of the host's own. The server's clock rules. What is admitted is committed before it is answered; a server that is set to forget
/// that when it fails (<c>fsync</c> or <c>synchronous_commit</c> off) is refused. A host that dies gives its places of <c>concurrent</c> limits back a minute later.
/// Tables and functions live in the schema <c>policylayer</c>, made when the store is first used and they are missing, see <see cref="Script"/>.
/// </remarks>
public sealed class PostgresCounterStore : ICounterStore, IAsyncDisposable, IDisposable
{
    internal const int DefaultMaxCounters = 1_000_000;

    private readonly Database _database;
    private readonly HostLeases _leases;
    private readonly TimeProvider? _serverClock;
    private readonly int _maxCounters;

    /// <summary>Counts in the database of a data source, which stays the caller's to dispose.</summary>
    /// <param name="source">The data source; its connections must use the isolation level that is the server's default, read committed.</param>
    /// <param name="time">The host's clock, for the renewal of leases alone; null for the system's.</param>
    /// <param name="maxCounters">How many counters may live in the database, whichever host made them. Beyond them a call that needs a new one is denied, for to forget one would refill it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCounters"/> is below 1.</exception>
    public PostgresCounterStore(NpgsqlDataSource source, TimeProvider? time = null, int maxCounters = DefaultMaxCounters)
        : this(source, ownsSource: false, time ?? TimeProvider.System, serverClock: null, HostLeases.DefaultLength, maxCounters)
    {
    }

    /// <summary>Counts in the database that a connection string names.</summary>
    /// <param name="connectionString">Npgsql's connection string. Nothing is opened before it is needed.</param>
    /// <param name="time">The host's clock, for the renewal of leases alone; null for the system's.</param>
    /// <param name="maxCounters">How many counters may live in the database, whichever host made them. Beyond them a call that needs a new one is denied, for to forget one would refill it.</param>
    /// <exception cref="ArgumentException">It is none; the text is not quoted, for it may hold a password.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCounters"/> is below 1.</exception>
    public PostgresCounterStore(string connectionString, TimeProvider? time = null, int maxCounters = DefaultMaxCounters)
        : this(NpgsqlDataSource.Create(ConnectionText.Read(connectionString)), ownsSource: true, time ?? TimeProvider.System, serverClock: null, HostLeases.DefaultLength, maxCounters)
    {
    }

    /// <summary>Tests set the server's clock, and leases.</summary>
    internal PostgresCounterStore(NpgsqlDataSource source, bool ownsSource, TimeProvider time, TimeProvider? serverClock, TimeSpan lease, int maxCounters = DefaultMaxCounters)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCounters, 1);
        (_database, _serverClock, _maxCounters) = (new Database(source, ownsSource), serverClock, maxCounters);
        _leases = new HostLeases(time, lease, RenewAsync);
    }

    /// <summary>The SQL that makes the schema <c>policylayer</c>, for counters and for approvals, for databases where the host may not: run it once as who may. It needs no extension. The host then needs the use of the schema, its tables and its functions.</summary>
    public static string Script => Installation.Script;

    /// <inheritdoc/>
    public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        _leases.ReserveAsync(demands, host => AskAsync(demands, charge: true, host, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        new(AskAsync(demands, charge: false, Guid.Empty, cancellationToken));

    /// <inheritdoc/>
    public ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        _leases.RefundAsync(reservation, demands, () => _database.TellAsync(
            "SELECT policylayer.refund($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            parameters =>
            {
                Demands.AddTo(parameters, demands.Span);
                Parameters.Add(parameters, reservation.Stamp, NpgsqlDbType.Bigint);
                Parameters.Add(parameters, reservation.UtcTicks, NpgsqlDbType.Bigint);
                Parameters.Add(parameters, reservation.Id == Guid.Empty ? null : reservation.Id, NpgsqlDbType.Uuid);
                Parameters.AddClock(parameters, _serverClock);
            },
            cancellationToken));

    /// <summary>Ends the renewal of leases, and the data source where it is the store's own.</summary>
    public ValueTask DisposeAsync()
    {
        _leases.Dispose();
        return _database.DisposeAsync();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        _leases.Dispose();
        _database.Dispose();
    }

    private static async Task<CounterReservation> ReadAsync(NpgsqlDataReader reader, Guid host, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.IsDBNull(0) ? [] : reader.GetFieldValue<decimal?[]>(0)) switch
        {
            [{ } stamp, { } utc] => CounterReservation.Reserved(host, (long)stamp, (long)utc),
            [{ } refused, { } remaining, var wait] => CounterReservation.Refused((int)refused, remaining, wait is { } micros ? Micros.ToSpan((long)micros) : null),
            _ => throw CounterStoreException.Full(),
        };
    }

    private Task<CounterReservation> AskAsync(ReadOnlyMemory<CounterDemand> demands, bool charge, Guid host, CancellationToken cancellationToken)
    {
        bool isOne = charge && demands.Span is [{ Charges: true, Limit.Algorithm: LimitAlgorithm.Fixed or LimitAlgorithm.Sliding }];
        return _database.AskAsync(
            isOne ? "SELECT policylayer.admit_one($1, $2, $3, $4, $5, $6, $7, $8, $9)" : "SELECT policylayer.admit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            parameters =>
            {
                if (isOne)
                {
                    Demands.AddTo(parameters, demands.Span[0]);
                }
                else
                {
                    Demands.AddTo(parameters, demands.Span);
                    Parameters.Add(parameters, Charges(demands.Span), NpgsqlDbType.Boolean);
                    Parameters.Add(parameters, charge, NpgsqlDbType.Boolean);
                    Parameters.Add(parameters, host == Guid.Empty ? null : host, NpgsqlDbType.Uuid);
                    Parameters.Add(parameters, Micros.Of(_leases.Length), NpgsqlDbType.Bigint);
                }

                Parameters.AddClock(parameters, _serverClock);
                Parameters.Add(parameters, (long)_maxCounters, NpgsqlDbType.Bigint);
            },
            (reader, token) => ReadAsync(reader, host, token),
            cancellationToken);
    }

    private static bool[] Charges(ReadOnlySpan<CounterDemand> demands)
    {
        bool[] charges = new bool[demands.Length];
        for (int i = 0; i < charges.Length; i++)
        {
            charges[i] = demands[i].Charges;
        }

        return charges;
    }

    private Task RenewAsync(IReadOnlyList<Guid> hosts) => _database.TellAsync(
        "SELECT policylayer.renew($1, $2, $3)",
        parameters =>
        {
            Parameters.Add<Guid>(parameters, [.. hosts], NpgsqlDbType.Uuid);
            Parameters.Add(parameters, Micros.Of(_leases.Length), NpgsqlDbType.Bigint);
            Parameters.AddClock(parameters, _serverClock);
        },
        CancellationToken.None);
}
