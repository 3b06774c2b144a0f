using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Input;
using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Pool;
using PolicyLayer.Sdk.Python.Queue;
using PolicyLayer.Sdk.Python.Reports;

namespace PolicyLayer.Sdk.Python;

/// <summary>Runs Python code that nobody trusts: each run in a process of its own, locked by the kernel before it sees the code.</summary>
/// <remarks>
/// Safe for use from many threads at once; <see cref="PythonRunnerOptions.MaxConcurrentRuns"/> go on at a time, the others
/// wait. The first run asks the interpreter what it is, the
/// later ones in the same host remember. Make one and keep it; disposed, it ends the interpreters that wait for code. One that was
/// forgotten ends them when they are old.
/// </remarks>
public sealed class PythonRunner : IAsyncDisposable, IDisposable
{
    private readonly RunnerSettings _settings;
    private readonly TimeProvider _time;
    private readonly InterpreterSource _source;
    private readonly RunQueue _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Endings _endings = new();
    private readonly InterpreterPool? _pool;
    private bool _isDisposed;

    /// <summary>Makes a runner; starts nothing and touches no file.</summary>
    /// <param name="options">Copied; later changes have no effect. Null: the defaults.</param>
    /// <param name="time">The clock of the host's own time-outs; null: the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or two contradict each other.</exception>
    public PythonRunner(PythonRunnerOptions? options = null, TimeProvider? time = null)
    {
        _settings = RunnerSettings.From(options ?? new PythonRunnerOptions());
        _time = time ?? TimeProvider.System;
        _queue = new RunQueue(_settings.MaxConcurrentRuns, _settings.MaxQueuedRuns);
        var source = new InterpreterSource(_settings, _time);
        _source = source;
        if (_settings.PoolSize > 0)
        {
            var preparation = Preparation.ForAny(_settings);
            RunQueue queue = _queue;
            _pool = new InterpreterPool(
                async cancellationToken => (await source.StartAsync(preparation, cancellationToken).ConfigureAwait(false)).Locked,
                _settings.PoolSize,
                _settings.PoolMaxAge,
                _endings,
                new WeakReference(this),
                () => queue.IsBusy,
                _time);
        }
    }

    /// <summary>The longest time a run may ask for.</summary>
    internal TimeSpan MaxTimeout => _settings.MaxTimeout;

    /// <summary>Runs code and waits for its end.</summary>
    /// <param name="code">A whole program. Its standard input is empty; a byte order mark is dropped; a coding cookie means nothing.</param>
    /// <param name="options">What differs for this run; null: the runner's defaults.</param>
    /// <param name="cancellationToken">Ends the run and its processes at once.</param>
    /// <returns>What happened. Code that fails, bad input and a machine that cannot isolate are results, not exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The runner was disposed before.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the runner disposed; by then the processes have ended.</exception>
    public async Task<PythonResult> RunAsync(string code, PythonRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        TimeSpan timeout = options?.Timeout ?? _settings.DefaultTimeout;
        string? refusal = CodeInput.Refuse(code, _settings.MaxCodeBytes, out byte[] utf8) ?? CodeInput.Refuse(timeout, _settings.MaxTimeout);
        if (refusal is not null)
        {
            return PythonResult.NotRun(PythonOutcome.Refused, refusal);
        }

        cancellationToken.ThrowIfCancellationRequested();
        IProgress<PythonRunPhase>? progress = options?.Progress;
        var request = new RunRequest(utf8, Preparation.For(code, _settings, timeout), timeout, progress);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        Action? queued = progress is null ? null : () => progress.Report(PythonRunPhase.Queued);
        TimeSpan? retryAfter = await _queue.EnterAsync(options?.Caller ?? "", queued, either.Token).ConfigureAwait(false);
        return retryAfter is { } later
            ? PythonResult.NotRun(PythonOutcome.Refused, Advice.Busy(_settings.MaxQueuedRuns, later), later)
            : await RunInPlaceAsync(request, either.Token).ConfigureAwait(false);
    }

    /// <summary>Asks this machine what it gives, without running code: an interpreter is locked and ended again.</summary>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>Every layer, whether it held and what to do where not. <see cref="PythonRunnerOptions.MinimumIsolation"/> changes nothing.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<PythonReport> ReportAsync(CancellationToken cancellationToken = default) =>
        ReportBuilder.BuildAsync(_settings, _time, cancellationToken);

    /// <summary>Fills the pool, so that the first run finds an interpreter waiting. Nothing happens without a pool.</summary>
    /// <param name="cancellationToken">Stops the waiting, not the filling.</param>
    /// <returns>Done when the pool is full, or cannot be filled: the next run says why.</returns>
    /// <exception cref="ObjectDisposedException">The runner was disposed before.</exception>
    public Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _pool?.FillAsync(cancellationToken) ?? Task.CompletedTask;
    }

    /// <summary>
    /// Ends what runs and the interpreters that wait, and waits until they are gone; calls under way end with
    /// <see cref="OperationCanceledException"/>. Safe to call again.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _queue.CloseAsync().ConfigureAwait(false);
        if (_pool is not null)
        {
            await _pool.DisposeAsync().ConfigureAwait(false);
        }

        await _endings.WhenAllAsync().ConfigureAwait(false);
    }

    /// <summary>As <see cref="DisposeAsync"/>, for containers that can do no other; blocks the thread until the processes are gone.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<PythonResult> RunInPlaceAsync(RunRequest request, CancellationToken cancellationToken)
    {
        long since = _time.GetTimestamp();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            request.Progress?.Report(PythonRunPhase.Starting);
            PythonResult result = await RunWaitingAsync(request, cancellationToken).ConfigureAwait(false)
                ?? await RunColdAsync(request, cancellationToken).ConfigureAwait(false);
            if (result.Outcome == PythonOutcome.Unavailable)
            {
                InterpreterCache.Forget(_settings.PythonPath);
            }

            return result;
        }
        finally
        {
            _queue.Leave(_time.GetElapsedTime(since));
        }
    }

    /// <summary>Runs it in an interpreter of the pool; null when none fits, or those that waited had died.</summary>
    private async Task<PythonResult?> RunWaitingAsync(RunRequest request, CancellationToken cancellationToken)
    {
        for (int i = 0; i <= _settings.PoolSize && _pool?.Take(request.Preparation) is { } waiting; i++)
        {
            PythonResult result = await RunInAsync(waiting, request, cancellationToken).ConfigureAwait(false);
            if (waiting.HasBegun || result.Outcome != PythonOutcome.Unavailable)
            {
                return result;
            }
        }

        return null;
    }

    private async Task<PythonResult> RunColdAsync(RunRequest request, CancellationToken cancellationToken)
    {
        (LockedInterpreter? locked, PythonResult? failure) = await _source.StartAsync(request.Preparation, cancellationToken).ConfigureAwait(false);
        return locked is null ? failure! : await RunInAsync(locked, request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PythonResult> RunInAsync(LockedInterpreter interpreter, RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await interpreter.RunAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _endings.Add(interpreter);
            _pool?.Refill();
        }
    }
}
