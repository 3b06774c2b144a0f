using System.Globalization;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Sdk.Redis.Server;
using StackExchange.Redis;

namespace PolicyLayer.Sdk;

/// <summary>Keeps calls that wait for approval in Redis 5 or later, for any number of hosts. Safe for concurrent use.</summary>
/// <remarks>
/// Every question is one script: one round trip, atomic. The server's clock rules. At most 1,000 are kept. A server that forgets what it has confirmed is refused, see <see cref="RedisCounterStoreOptions.AllowForgetfulServer"/>.
/// A lost approval is asked for again; but where a replica takes over that has not received that one was used, it can be used once more.
/// </remarks>
public sealed class RedisApprovalStore : IApprovalStore, IDisposable
{
    /// <summary>Lua counts to 2^53 exactly.</summary>
    private const long LongestLifetime = 1L << 52;

    private readonly CheckedLink _link;
    private readonly TimeProvider? _serverClock;
    private readonly RedisKey[] _keys;

    /// <summary>Keeps them on the server of a connection, which stays the caller's to dispose, and to make again when it is lost.</summary>
    /// <param name="connection">The connection, made with <c>allowAdmin=true</c> unless <see cref="RedisCounterStoreOptions.AllowForgetfulServer"/> is set.</param>
    /// <param name="options">How; null for what they are at first.</param>
    public RedisApprovalStore(IConnectionMultiplexer connection, RedisCounterStoreOptions? options = null)
        : this(new Link(connection ?? throw new ArgumentNullException(nameof(connection))), options, serverClock: null)
    {
    }

    /// <summary>Keeps them on a server by a connection of the store's own, made when it is first needed, and again as soon as it is needed and lost.</summary>
    /// <param name="configuration">StackExchange.Redis's text, such as <c>localhost:6379,password=…</c>.</param>
    /// <param name="options">How; null for what they are at first.</param>
    /// <exception cref="ArgumentException">The text is none; it is not quoted, for it may hold a password.</exception>
    public RedisApprovalStore(string configuration, RedisCounterStoreOptions? options = null)
        : this(new Link(ConfigurationText.Read(configuration)), options, serverClock: null)
    {
    }

    /// <summary>Tests set the server's clock.</summary>
    internal RedisApprovalStore(Link link, RedisCounterStoreOptions? options, TimeProvider? serverClock)
    {
        options ??= new RedisCounterStoreOptions();
        _link = new CheckedLink(link, options.AllowForgetfulServer);
        _serverClock = serverClock;
        _keys = [$"{{{options.KeyPrefix}}}:approvals", $"{{{options.KeyPrefix}}}:approvals:ends"];
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        long lifetime = Micros.Of(asked.Lifetime);
        if (lifetime > LongestLifetime)
        {
            throw new CounterStoreException("the time that an approval may take is longer than Redis can count");
        }

        RedisResult[] answer = await RunAsync(
            Script.AskApproval,
            [asked.Id, asked.Fingerprint, ApprovalDetails.Write(asked), lifetime, ApprovalBounds.MostKept, asked.Grant, ApprovalBounds.MostWaiting],
            cancellationToken).ConfigureAwait(false);
        return answer[0].Text() switch
        {
            "found" => KeptApproval.Read(answer[1]),
            "full" => throw ApprovalBounds.Full(),
            _ => throw ApprovalBounds.Taken(asked.Id),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        ApprovalStatus answer = isApproved ? ApprovalStatus.Approved : ApprovalStatus.Denied;
        return (await FindAsync(Script.AnswerApproval, by is null ? [id, answer.ToString()] : [id, answer.ToString(), by], cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return (await FindAsync(Script.FindApproval, [id], cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await FindAsync(Script.ListApprovals, [], cancellationToken).ConfigureAwait(false)).OrderBy(static approval => approval.AskedAt)];

    /// <summary>Ends the connection where it is the store's own.</summary>
    public void Dispose() => _link.Dispose();

    private async Task<IEnumerable<StoredApproval>> FindAsync(Script script, RedisValue[] values, CancellationToken cancellationToken) =>
        (await RunAsync(script, values, cancellationToken).ConfigureAwait(false)).Skip(1).Select(KeptApproval.Read);

    /// <summary>Asks once: an answer that got lost may have used an approval.</summary>
    private Task<RedisResult[]> RunAsync(Script script, RedisValue[] values, CancellationToken cancellationToken)
    {
        RedisValue now = _serverClock is null ? string.Empty : Micros.Of(_serverClock.GetUtcNow()).ToString(CultureInfo.InvariantCulture);
        return _link.AskAsync(database => script.RunAsync(database, _keys, [now, .. values]), cancellationToken).WaitAsync(cancellationToken);
    }
}
