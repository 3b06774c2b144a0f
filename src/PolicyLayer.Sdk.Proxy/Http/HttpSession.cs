using PolicyLayer.Sdk.Proxy.Sessions;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>A session that a server has opened for a caller.</summary>
/// <param name="id">Its id, as the server gave it.</param>
/// <param name="grant">The id of the caller's grant: a session is nobody else's.</param>
/// <param name="lastUsed">When it was opened.</param>
internal sealed class HttpSession(string id, string grant, DateTimeOffset lastUsed)
{
    private int _running;
    private volatile bool _tellsOfTools;

    public string Id { get; } = id;

    public string Grant { get; } = grant;

    public OpenRequests Open { get; } = new();

    public ListeningStreams Listening { get; } = new();

    /// <summary>Whether the server has said that it tells when its list of tools changes.</summary>
    public bool TellsOfTools
    {
        get => _tellsOfTools;
        set => _tellsOfTools = value;
    }

    /// <summary>When a request began or ended last.</summary>
    public DateTimeOffset LastUsed { get; private set; } = lastUsed;

    /// <summary>Whether a request runs, such as an open stream.</summary>
    public bool IsRunning => Volatile.Read(ref _running) > 0;

    public void Begin(DateTimeOffset now)
    {
        Interlocked.Increment(ref _running);
        LastUsed = now;
    }

    public void End(DateTimeOffset now)
    {
        LastUsed = now;
        Interlocked.Decrement(ref _running);
    }

    /// <summary>Ends it, and settles what waits for an answer that will not come.</summary>
    public ValueTask CloseAsync() => SettleAsync(Open.Close());

    /// <summary>Settles what waits for an answer that nobody has come for.</summary>
    public ValueTask SettleAsync() => SettleAsync(Open.TakeAll());

    private static async ValueTask SettleAsync(OpenRequest[] requests)
    {
        foreach (OpenRequest request in requests)
        {
            request.GiveUp();
            await request.SettleAsync(ToolOutcome.Error).ConfigureAwait(false);
        }
    }
}
