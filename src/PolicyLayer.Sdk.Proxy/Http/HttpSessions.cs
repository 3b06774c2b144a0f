using System.Collections.Concurrent;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>The sessions that servers have opened through this proxy. One that is not among them is not used: it could be anybody's.</summary>
internal sealed class HttpSessions(int most, TimeSpan idleTimeout, TimeProvider time)
{
    private const int LongestId = 1024;

    private readonly ConcurrentDictionary<(string Server, string Id), HttpSession> _sessions = [];

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

        var session = new HttpSession(grant, time.GetUtcNow());
        return id.Length <= LongestId && _sessions.Count < most && _sessions.TryAdd((server, id), session) ? session : null;
    }

    public async ValueTask CloseAsync(string server, string id)
    {
        if (_sessions.TryRemove((server, id), out HttpSession? session))
        {
            await session.CloseAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask ForgetIdleAsync()
    {
        DateTimeOffset before = time.GetUtcNow() - idleTimeout;
        foreach (((string server, string id), HttpSession session) in _sessions)
        {
            if (!session.IsRunning && session.LastUsed <= before)
            {
                await CloseAsync(server, id).ConfigureAwait(false);
            }
        }
    }
}
