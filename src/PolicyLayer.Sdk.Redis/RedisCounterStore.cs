using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Sdk.Redis.Server;
using StackExchange.Redis;

namespace PolicyLayer.Sdk;

/// <summary>Counts limits in Redis 5 or later, for any number of hosts. Safe for concurrent use.</summary>
/// <remarks>
/// All limits of a call are one script: one round trip, atomic. The server's clock rules. A server that forgets counters when it is restarted is refused, see <see cref="RedisCounterStoreOptions.AllowForgetfulServer"/>;
/// when all counters are gone, as after <c>FLUSHALL</c>, hosts that were up deny until every window that was open has passed. What a replica has not yet received is forgotten when it takes over.
/// A host that dies gives its places of <c>concurrent</c> limits back a minute later.
/// </remarks>
public sealed class RedisCounterStore : ICounterStore, IDisposable
{
    private readonly CheckedLink _link;
    private readonly RedisCounterStoreOptions _options;
    private readonly HostLeases _leases;
    private readonly TimeProvider? _serverClock;
    private readonly string _prefix;
    private readonly RedisKey _hosts;
    private readonly RedisKey _history;
    private volatile string _epoch = string.Empty;

    /// <summary>Counts on the server of a connection, which stays the caller's to dispose, and to make again when it is lost.</summary>
    /// <param name="connection">The connection, made with <c>allowAdmin=true</c> unless <see cref="RedisCounterStoreOptions.AllowForgetfulServer"/> is set.</param>
    /// <param name="options">How; null for what they are at first.</param>
    /// <param name="time">The host's clock, for the renewal of leases alone; null for the system's.</param>
    public RedisCounterStore(IConnectionMultiplexer connection, RedisCounterStoreOptions? options = null, TimeProvider? time = null)
        : this(new Link(connection ?? throw new ArgumentNullException(nameof(connection))), options, time ?? TimeProvider.System, serverClock: null, HostLeases.DefaultLength)
    {
    }

    /// <summary>Counts on a server by a connection of the store's own, made when it is first needed, and again as soon as it is needed and lost.</summary>
    /// <param name="configuration">StackExchange.Redis's text, such as <c>localhost:6379,password=…</c>. An attempt to connect takes a second at most, unless it says <c>connectTimeout</c>.</param>
    /// <param name="options">How; null for what they are at first.</param>
    /// <param name="time">The host's clock, for the renewal of leases alone; null for the system's.</param>
    /// <exception cref="ArgumentException">The text is none; it is not quoted, for it may hold a password.</exception>
    public RedisCounterStore(string configuration, RedisCounterStoreOptions? options = null, TimeProvider? time = null)
        : this(new Link(ConfigurationText.Read(configuration)), options, time ?? TimeProvider.System, serverClock: null, HostLeases.DefaultLength)
    {
    }

    /// <summary>Tests set the server's clock, and leases.</summary>
    internal RedisCounterStore(Link link, RedisCounterStoreOptions? options, TimeProvider time, TimeProvider? serverClock, TimeSpan lease)
    {
        (_options, _serverClock) = (options ?? new RedisCounterStoreOptions(), serverClock);
        _link = new CheckedLink(link, _options.AllowForgetfulServer);
        _leases = new HostLeases(time, lease, RenewAsync);
        _prefix = $"{{{_options.KeyPrefix}}}:";
        (_hosts, _history) = (_prefix + "hosts", _prefix + "epoch");
    }

    /// <inheritdoc/>
    public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        _leases.ReserveAsync(demands, host => AskAsync(Script.Reserve, demands, host, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        new(AskAsync(Script.Peek, demands, Guid.Empty, cancellationToken));

    /// <inheritdoc/>
    public ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) =>
        _leases.RefundAsync(reservation, demands, () => RunAsync(Script.Refund, demands, reservation.Id, reservation, cancellationToken));

    /// <summary>Ends the renewal of leases, and the connection where it is the store's own.</summary>
    public void Dispose()
    {
        _leases.Dispose();
        _link.Dispose();
    }

    private static string Name(Guid id) => id == Guid.Empty ? string.Empty : id.ToString("N");

    private async Task<CounterReservation> AskAsync(Script script, ReadOnlyMemory<CounterDemand> demands, Guid host, CancellationToken cancellationToken)
    {
        RedisResult[] answer = await RunAsync(script, demands, host, default, cancellationToken).ConfigureAwait(false);
        return answer[0].Text() == "reserved"
            ? CounterReservation.Reserved(host, (long)answer[1], (long)answer[2])
            : Demands.ReadRefusal(demands.Span, answer[1].Parts());
    }

    private Task<RedisResult[]> RunAsync(Script script, ReadOnlyMemory<CounterDemand> demands, Guid host, CounterReservation reservation, CancellationToken cancellationToken)
    {
        var keys = new RedisKey[demands.Length + 2];
        (keys[0], keys[1]) = (_hosts, _history);
        for (int i = 0; i < demands.Length; i++)
        {
            keys[i + 2] = _prefix + SharedKey.Of(demands.Span[i]);
        }

        return RunAsync(script, keys, Name(host), values =>
        {
            values.Add(reservation.Stamp);
            values.Add(reservation.UtcTicks);
            Demands.AddTo(values, demands.Span);
        }, cancellationToken);
    }

    private Task<RedisResult[]> RenewAsync(IReadOnlyList<Guid> hosts) => RunAsync(Script.Renew, [_hosts, _history], string.Empty, values =>
    {
        values.Add(hosts.Count);
        values.AddRange(hosts.Select(static host => (RedisValue)Name(host)));
    }, CancellationToken.None);

    /// <param name="script">Which question.</param>
    /// <param name="host">Who asks, where that matters.</param>
    /// <param name="most">How many values there may be.</param>
    private List<RedisValue> Head(Script script, string host, int most) => new(most)
    {
        script.Question,
        _epoch,
        host,
        Micros.Of(_leases.Length),
        _serverClock is null ? RedisValue.EmptyString : Micros.Of(_serverClock.GetUtcNow()),
    };

    private Task<RedisResult[]> RunAsync(Script script, RedisKey[] keys, string host, Action<List<RedisValue>> body, CancellationToken cancellationToken) =>
        _link.AskAsync(database => RunAsync(database, script, keys, host, body), cancellationToken);

    private async Task<RedisResult[]> RunAsync(IDatabase database, Script script, RedisKey[] keys, string host, Action<List<RedisValue>> body)
    {
        // An answer about the epoch has changed nothing, so what was asked may be asked again.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            List<RedisValue> values = Head(script, host, most: 8 + (7 * keys.Length));
            body(values);
            RedisResult[] answer = await script.RunAsync(database, keys, [.. values]).ConfigureAwait(false);
            if (answer[0].Text() != "epoch")
            {
                return answer;
            }

            await BeginAsync(database).ConfigureAwait(false);
        }

        throw new CounterStoreException("the server forgets its counters again and again");
    }

    /// <summary>Takes up the server's history of counters, or begins one: from now, where another was known that is gone.</summary>
    private async Task BeginAsync(IDatabase database)
    {
        RedisResult[] answer = await Script.Begin.RunAsync(database, [_hosts, _history], [.. Head(Script.Begin, Name(Guid.NewGuid()), most: 5)]).ConfigureAwait(false);
        _epoch = answer[1].Text();
    }
}
