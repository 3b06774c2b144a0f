using PolicyLayer.Sdk.Proxy;

namespace PolicyLayer.Sdk;

/// <summary>Which servers a proxy over streamable HTTP stands in front of, and for whom.</summary>
/// <remarks>Read once, when the proxy is mapped.</remarks>
public sealed class HttpToolPolicyProxyOptions
{
    /// <summary>The servers, by the value of <c>{server}</c> in the pattern. A pattern without it has one server, under the empty name.</summary>
    public IDictionary<string, ToolPolicyUpstream> Upstreams { get; } = new Dictionary<string, ToolPolicyUpstream>(StringComparer.Ordinal);

    /// <summary>Judges. Null: the guard of <c>AddToolPolicies()</c>.</summary>
    public ToolGuard? Guard { get; set; }

    /// <summary>Says whose calls they are, from the user and the services of the request; without a grant nothing passes. Null: the resolver of <c>AddToolPolicies()</c>, or else <see cref="Grant.Default"/>. Not asked where there is a <see cref="GrantsFile"/>.</summary>
    public IGrantResolver? GrantResolver { get; set; }

    /// <summary>A file of grants, each with the SHA-256 of its bearer token. Null: there is none. It is read for every request; one that cannot be read refuses everybody.</summary>
    public string? GrantsFile { get; set; }

    /// <summary>Gives the guard for the names of policies that an entry of <see cref="GrantsFile"/> lists, such as <see cref="ToolGuard.ForPolicies"/> of one; null from it refuses the caller, as does a list where this is null.</summary>
    public Func<IReadOnlyList<string>, ToolGuard?>? FindGuard { get; set; }

    /// <summary>How calls are guarded.</summary>
    public ToolPolicyMcpOptions Guarding { get; } = new();

    /// <summary>The values of <c>Origin</c> that browsers may send, such as <c>https://app.example.com</c>: a scheme, a host and perhaps a port; any other stops the mapping. While it is empty, a listener on a loopback address takes loopback origins of requests that no web server has passed on, and every other listener none. A request without <c>Origin</c> comes from no browser and passes.</summary>
    public ISet<string> AllowedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that clients may reach the proxy by, as <c>Host</c> has them, such as <c>mcp.example.com</c>: without scheme and port; any other text stops the mapping. Those of loopback (<c>localhost</c>, <c>127.0.0.1</c>, <c>[::1]</c>) always pass. While it is empty, every name passes, save on a connection within this machine whose caller shows neither a token of <see cref="GrantsFile"/> nor an identity of the host's: there a page could be behind it (DNS rebinding), and only the names of loopback pass.</summary>
    public ISet<string> AllowedHosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a message of the client may be, in bytes. At least 1; 16 MiB at first. The web server's own bound for bodies, 30 MB on Kestrel, holds as well.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxClientMessageBytes { get; set => field = OptionBounds.AtLeastOne(value); } = 16 << 20;

    /// <summary>How much of a server's response is held as one message, in bytes: a list of tools, what comes on a stream that listens. In place of a longer one the client gets an error. At least 1; 64 MiB at first. Any other answer passes while it comes, however long it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxServerMessageBytes { get; set => field = OptionBounds.AtLeastOne(value); } = 64 << 20;

    /// <summary>How many sessions may be open at once, over all servers. At least 1; 10,000 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxSessions { get; set => field = OptionBounds.AtLeastOne(value); } = 10_000;

    /// <summary>After how long without a request a session may be forgotten; its client is then told that there is none, and begins anew. What it still waits for is settled then in any case. Not negative, and at most 49 days; an hour at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is another.</exception>
    public TimeSpan SessionIdleTimeout { get; set => field = OptionBounds.Time(value, TimeSpan.Zero); } = TimeSpan.FromHours(1);

    /// <summary>How long a server may take until it begins to answer. At least a millisecond, and at most 49 days, or <see cref="Timeout.InfiniteTimeSpan"/>; 5 minutes at first. What streams afterwards may take as long as it likes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is another.</exception>
    public TimeSpan UpstreamTimeout { get; set => field = value == Timeout.InfiniteTimeSpan ? value : OptionBounds.Time(value, TimeSpan.FromMilliseconds(1)); } = TimeSpan.FromMinutes(5);
}
