using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Proxy.Stdio;

namespace PolicyLayer.Sdk;

/// <summary>Stands between an MCP client and a server on stdio, in whatever language that is written: every <c>tools/call</c> is judged before the server sees it, and hidden tools leave its listings.</summary>
/// <remarks>
/// What is neither a call nor a listing passes as the bytes that came. What a looser reader could take for something else does not pass, from neither side.
/// A denied call is answered here, as a guarded server would. The <c>inputSchema</c> of a tool is enforced once the tool was listed through this proxy.
/// Safe for concurrent use: each run has a server of its own.
/// </remarks>
public sealed class StdioToolPolicyProxy
{
    private readonly StdioToolPolicyProxyOptions _options;
    private readonly ClientGuard _guard;
    private readonly ILogger _logger;

    /// <summary>Makes a proxy; nothing is started yet.</summary>
    /// <param name="guard">Judges.</param>
    /// <param name="options">Names the server.</param>
    /// <param name="logger">Hears of messages that were not passed on and that nobody can be told of; never what was in them. Null: nobody.</param>
    public StdioToolPolicyProxy(ToolGuard guard, StdioToolPolicyProxyOptions options, ILogger<StdioToolPolicyProxy>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        ToolPolicyMcpOptions guarding = options.Guarding ?? new ToolPolicyMcpOptions();
        _guard = new ClientGuard(guard, options.GrantResolver, guarding.ToEnforcement(), guarding.ServerName ?? ServerNames.Of(options.Command, options.Arguments));
        _logger = logger ?? NullLogger<StdioToolPolicyProxy>.Instance;
    }

    /// <summary>Starts the server and passes messages until one of the two sides ends.</summary>
    /// <param name="input">What the client writes. Its end closes the server's input, and the server is then to end.</param>
    /// <param name="output">What the client reads.</param>
    /// <param name="cancellationToken">Asks the server to end, as SIGTERM does.</param>
    /// <returns>The server's exit code; 128 and the number of the signal when one ended it.</returns>
    /// <remarks>
    /// The server's error stream is this process's. On Linux and macOS it leads a session of its own: signals reach its whole group of processes, and what it leaves behind there ends with it.
    /// A server that does not end in time is asked by SIGTERM and then killed with all its descendants; those that left its group, and whose own parent is gone by then, are not found.
    /// A read of <paramref name="input"/> may still wait when this returns, and so may a write to <paramref name="output"/> that nobody reads.
    /// </remarks>
    /// <exception cref="IOException">The server cannot be started; the message names it.</exception>
    public Task<int> RunAsync(Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        return RunAsync(input, output, CancellationToken.None, cancellationToken);
    }

    /// <summary>Runs, unless the process was asked to end before this proxy could take its signals.</summary>
    /// <param name="input">What the client writes.</param>
    /// <param name="output">What the client reads.</param>
    /// <param name="beforeStart">Who took signals until now was told to end. It is looked at once, before the server is started.</param>
    /// <param name="cancellationToken">Asks the server to end.</param>
    /// <exception cref="IOException">The server cannot be started; the message names it.</exception>
    /// <exception cref="OperationCanceledException">It was asked to end before; no server was started.</exception>
    internal async Task<int> RunAsync(Stream input, Stream output, CancellationToken beforeStart, CancellationToken cancellationToken)
    {
        using var run = new StdioRun(_options, _guard, _logger, beforeStart);
        return await run.RunAsync(input, output, cancellationToken).ConfigureAwait(false);
    }
}
