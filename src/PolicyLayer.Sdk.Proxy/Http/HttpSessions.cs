using System.Collections.Concurrent;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>The sessions that servers have opened through this proxy. One that is not among them is not used: it could be anybody's.</summary>
internal sealed class HttpSessions(int most, TimeSpan idleTimeout, TimeProvider time)
{
    private const int LongestId = 1024;
    private const int LooksInTime = 60;

    private readonly ConcurrentDictionary<(string Server, string Id), HttpSession> _sessions = [];
    private long _nextLook;

    /// <summary>Whether clients can say a session's id: visible ASCII, and not too much of it.</summary>
    public static bool IsId(string id) => id.Length <= LongestId && !id.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>The caller's session of this id; null when it has none.</summary>
    public HttpSession? Find(string server, string id, string grant) =>
        _sessions.TryGetValue((server, id), out HttpSession? session) && session.Grant == grant ? session : null;

    /// <summary>Opens a session, if there is room for it and its id is nobody else's.</summary>
    public async ValueTask<HttpSession?> OpenAsync(string server, string id, string grant)
    {
        if (Find(server, id, grant) is { } known)
        {
            return known;
        }

        if (_sessions.Count >= most)
        {
            await ForgetIdleAsync().ConfigureAwait(false);
        }

        var session = new HttpSession(id, grant, time.GetUtcNow());
        return _sessions.Count < most && _sessions.TryAdd((server, id), session) ? session : null;
    }

    public async ValueTask CloseAsync(string server, string id)
    {
        if (_sessions.TryRemove((server, id), out HttpSession? session))
        {
            await session.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Settles what sessions wait for whose clients have not come for it in time: a place that such a call holds would stay taken. It looks now and then.</summary>
    public async ValueTask SettleIdleAsync()
    {
        long now = time.GetUtcNow().Ticks;
        long next = Interlocked.Read(ref _nextLook);
        if (now < next || Interlocked.CompareExchange(ref _nextLook, now + (idleTimeout.Ticks / LooksInTime), next) != next)
        {
            return;
        }

        foreach ((_, HttpSession session) in Idle())
        {
            await session.SettleAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask ForgetIdleAsync()
    {
        foreach (((string server, string id), _) in Idle())
        {
            await CloseAsync(server, id).ConfigureAwait(false);
        }
    }

    private IEnumerable<KeyValuePair<(string Server, string Id), HttpSession>> Idle()
    {
        DateTimeOffset before = time.GetUtcNow() - idleTimeout;
        return _sessions.Where(one => !one.Value.IsRunning && one.Value.LastUsed <= before);
    }
}
