using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Sessions;
using PolicyLayer.Sdk.Proxy.Telemetry;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>One run of a server, from its start to its end.</summary>
internal sealed class StdioRun : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly StdioToolPolicyProxyOptions _options;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _isAskedToEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SignalInsistence _insistence;
    private readonly EndSignals? _signals;
    private readonly ChildProcess _child;
    private readonly ClientGuard _guard;
    private readonly Lock _starting = new();
    private int _signal;

    /// <exception cref="IOException">The server cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The process was asked to end before this took its signals.</exception>
    public StdioRun(StdioToolPolicyProxyOptions options, ClientGuard guard, ILogger logger, CancellationToken beforeStart)
    {
        _options = options;
        _guard = guard;
        _logger = logger;
        _insistence = new SignalInsistence(options.TimeProvider);

        // Before the start, so that no signal is lost between the two.
        _signals = options.ForwardSignals ? new EndSignals(TakeSignal) : null;
        ChildProcess child;
        try
        {
            beforeStart.ThrowIfCancellationRequested();
            child = ChildProcess.Start(options.Command, options.Arguments);
        }
        catch
        {
            _signals?.Dispose();
            throw;
        }

        lock (_starting)
        {
            _child = child;
            if (_signal > 0)
            {
                child.Signal(_signal);
            }
        }
    }

    /// <summary>The server; null as long as it starts.</summary>
    private ChildProcess? Child => _child;

    public async Task<int> RunAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        using var toClient = new LineWriter(output, _options.TimeProvider);
        using var toServer = new LineWriter(_child.Input, _options.TimeProvider);
        using var held = new CancellationTokenSource();
        var session = new ProxySession(_guard, toClient, toServer, _logger, held.Token);
        EventHandler tell = (_, _) => session.TellOfTools();
        using CancellationTokenRegistration cancelled = cancellationToken.Register(() => AskToEnd(ProcessSignals.Terminate));

        Task fromServer = Start(() => LinePump.RunAsync(new LineReader(_child.Output, _options.MaxServerMessageBytes), session.FromServerAsync, toClient, session.CanPassInParts));
        Task fromClient = Start(() => LinePump.RunAsync(new LineReader(input, _options.MaxClientMessageBytes), session.FromClientAsync, toServer));
        _guard.Guard.PoliciesChanged += tell;
        try
        {
            Task first = await Task.WhenAny(fromClient, fromServer, _child.Exited, _isAskedToEnd.Task).ConfigureAwait(false);
            await first.ConfigureAwait(false);
            if (first == fromClient || first == _isAskedToEnd.Task)
            {
                await held.CancelAsync().ConfigureAwait(false);
            }

            if (first == fromClient)
            {
                // What it asked before it left is still judged and sent, but no person is waited for.
                await IsDoneAsync(session.Judging).ConfigureAwait(false);
            }

            if (first != _isAskedToEnd.Task)
            {
                _child.CloseInput();
            }

            await EndAsync(fromServer).ConfigureAwait(false);
        }
        finally
        {
            _guard.Guard.PoliciesChanged -= tell;
            _child.Kill();
            IReadOnlyList<MessageId> unanswered = await session.CloseAsync().ConfigureAwait(false);

            // A write to a client that does not read blocks for ever.
            await IsDoneAsync(Task.Run(() => session.TellOfEndAsync(unanswered), CancellationToken.None)).ConfigureAwait(false);
        }

        return _child.Release();
    }

    public void Dispose()
    {
        _signals?.Dispose();
        _child.Dispose();
    }

    /// <summary>Reads of pipes block: each gets a thread, and none holds up the other.</summary>
    private static Task Start(Func<Task> pump) => Task.Factory.StartNew(pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>Each step gives the server its time, and what it still answers passes meanwhile.</summary>
    private async Task EndAsync(Task fromServer)
    {
        if (!await IsDoneAsync(_child.Exited).ConfigureAwait(false))
        {
            _child.Signal(ProcessSignals.Terminate);
            if (!await IsDoneAsync(_child.Exited).ConfigureAwait(false))
            {
                Log.ServerKilled(_logger);
                _child.Kill();
                await _child.Exited.ConfigureAwait(false);
            }
        }

        await EndOthersAsync().ConfigureAwait(false);

        // A descendant that is not found may hold the pipe open for ever.
        await IsDoneAsync(fromServer).ConfigureAwait(false);
    }

    /// <summary>What the server started and left behind is asked to end as the server was, and then killed.</summary>
    private async Task EndOthersAsync()
    {
        if (_child.HasLeftOthers)
        {
            _child.Signal(ProcessSignals.Terminate);
            using var enough = new CancellationTokenSource(_options.ShutdownTimeout, _options.TimeProvider);
            while (_child.HasLeftOthers && !enough.IsCancellationRequested)
            {
                await Task.Delay(LookAgain, _options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
            }
        }

        _child.Kill();
    }

    /// <summary>Passes a signal on; one that comes again, when there was time, is no longer a question.</summary>
    private void TakeSignal(int signal)
    {
        if (_insistence.Take())
        {
            Child?.Kill();
            Log.ServerKilledAtOnce(_logger);
        }
        else
        {
            AskToEnd(signal);
        }
    }

    private void AskToEnd(int signal)
    {
        lock (_starting)
        {
            _signal = signal;
            Child?.Signal(signal);
        }

        _isAskedToEnd.TrySetResult();
    }

    private async Task<bool> IsDoneAsync(Task task)
    {
        try
        {
            await task.WaitAsync(_options.ShutdownTimeout, _options.TimeProvider).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
