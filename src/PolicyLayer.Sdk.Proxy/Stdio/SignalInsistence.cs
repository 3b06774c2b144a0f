namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>Tells a signal that comes again from one that somebody insists with: programs that pass signals on, as package managers do, send the same one again at once; who is tired of waiting sends it later.</summary>
internal sealed class SignalInsistence(TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private long _first;

    /// <summary>Takes a signal, on whatever thread.</summary>
    /// <returns>Whether the first was so long ago that this one insists.</returns>
    public bool Take()
    {
        // Signals that come together are told at the same time.
        long now = time.GetTimestamp();
        long first = Interlocked.CompareExchange(ref _first, now, 0);
        return first != 0 && time.GetElapsedTime(first, now) >= Patience;
    }
}
