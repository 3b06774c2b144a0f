using PolicyLayer.Sdk.Proxy;

namespace PolicyLayer.Sdk;

/// <summary>Which server a <see cref="StdioToolPolicyProxy"/> starts, and how it stands in front of it.</summary>
/// <remarks>Read once, when the proxy is made.</remarks>
public sealed class StdioToolPolicyProxyOptions
{
    /// <summary>The server's program: a path, or a name to look up in <c>PATH</c>, and there alone.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public required string Command { get; init => field = NotEmpty(value); }

    /// <summary>Its arguments, as they are: no shell reads them.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Says whose calls they are. Null: <see cref="Grant.Default"/>.</summary>
    public IGrantResolver? GrantResolver { get; init; }

    /// <summary>How calls are guarded. Null leaves it at the first values.</summary>
    public ToolPolicyMcpOptions? Guarding { get; init; }

    /// <summary>How long a message of the client may be, in bytes. A longer one is refused. At least 1; 16 MiB at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxClientMessageBytes { get; init => field = OptionBounds.AtLeastOne(value); } = 16 << 20;

    /// <summary>How much of a message of the server is held, in bytes: a list of tools, and what may be one. In place of a longer one the client gets an error. At least 1; 64 MiB at first. Any other message passes while it comes, however long it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxServerMessageBytes { get; init => field = OptionBounds.AtLeastOne(value); } = 64 << 20;

    /// <summary>How long the server may take for each step of its end: to end by itself, and then to end when it is asked to; what it leaves behind has as long. Not negative, and at most 49 days; 5 seconds at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is another.</exception>
    public TimeSpan ShutdownTimeout { get; init => field = OptionBounds.Time(value, TimeSpan.Zero); } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the signals that ask this process to end (SIGINT, SIGTERM, SIGHUP, SIGQUIT) are taken and passed on to the server and its descendants while it runs. Off at first: they are the host's, and a terminal's Ctrl+C does not reach the server by itself.</summary>
    public bool ForwardSignals { get; init; }

    /// <summary>The clock of <see cref="ShutdownTimeout"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    private static string NotEmpty(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return value;
    }
}
