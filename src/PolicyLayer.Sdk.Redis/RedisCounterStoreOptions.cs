namespace PolicyLayer.Sdk;

/// <summary>How limits are counted, and approvals kept, in Redis.</summary>
public sealed record RedisCounterStoreOptions
{
    /// <summary>What the names of all keys begin with; at first <c>policylayer</c>. Hosts that share limits, or approvals, share it. On a cluster all of them lie on one node, as a call's limits are one transaction.</summary>
    /// <exception cref="ArgumentException">It is empty, or has a brace.</exception>
    public string KeyPrefix
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value.AsSpan().ContainsAny('{', '}') ? throw new ArgumentException("a prefix has no braces", nameof(value)) : value;
        }
    } = "policylayer";

    /// <summary>Whether a server is used that forgets what it holds when it is restarted or killed (anything but <c>appendonly yes</c> and <c>appendfsync always</c>, <c>no-appendfsync-on-rewrite yes</c>, or a server that does not let <c>CONFIG GET</c> be asked), or throws it away when its memory is full (a <c>maxmemory-policy</c> other than <c>noeviction</c>). Off at first: such a server is refused, and calls with limits, or that need approval, are denied.</summary>
    /// <remarks>Hosts that were up all the while notice that all counters are gone, and deny until the windows have passed; hosts that start anew do not, and nobody notices single ones. Of approvals such a server may forget that one was used, which then lets a second call run.</remarks>
    public bool AllowForgetfulServer { get; init; }
}
