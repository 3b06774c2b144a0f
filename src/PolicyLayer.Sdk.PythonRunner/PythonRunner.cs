using PolicyLayer.Sdk.Python.Execution;
using PolicyLayer.Sdk.Python.Input;
using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python;

/// <summary>Runs Python code that nobody trusts: each run in a process of its own, locked by the kernel before it sees the code.</summary>
/// <remarks>
/// Safe for use from many threads at once; runs do not wait for each other. The first run asks the interpreter what it is, the
/// later ones in the same host remember. Holds nothing that needs disposing: no process outlives its run.
/// </remarks>
public sealed class PythonRunner
{
    private readonly RunnerSettings _settings;
    private readonly TimeProvider _time;

    /// <summary>Makes a runner; starts nothing and touches no file.</summary>
    /// <param name="options">Copied; later changes have no effect. Null: the defaults.</param>
    /// <param name="time">The clock of the host's own time-outs; null: the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or two contradict each other.</exception>
    public PythonRunner(PythonRunnerOptions? options = null, TimeProvider? time = null)
    {
        _settings = RunnerSettings.From(options ?? new PythonRunnerOptions());
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The longest time a run may ask for.</summary>
    internal TimeSpan MaxTimeout => _settings.MaxTimeout;

    /// <summary>Runs code and waits for its end.</summary>
    /// <param name="code">A whole program. Its standard input is empty; a byte order mark is dropped; a coding cookie means nothing.</param>
    /// <param name="options">What differs for this run; null: the runner's defaults.</param>
    /// <param name="cancellationToken">Ends the run and its processes at once.</param>
    /// <returns>What happened. Code that fails, bad input and a machine that cannot isolate are results, not exceptions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; by then the processes have ended.</exception>
    public async Task<PythonResult> RunAsync(string code, PythonRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        TimeSpan timeout = options?.Timeout ?? _settings.DefaultTimeout;
        string? refusal = CodeInput.Refuse(code, _settings.MaxCodeBytes, out byte[] utf8) ?? CodeInput.Refuse(timeout, _settings.MaxTimeout);
        if (refusal is not null)
        {
            return PythonResult.NotRun(PythonOutcome.Refused, refusal);
        }

        cancellationToken.ThrowIfCancellationRequested();
        ProbeAnswer answer = await InterpreterCache.GetAsync(_settings.PythonPath, _time, cancellationToken).ConfigureAwait(false);
        if (answer.Interpreter is not { } interpreter)
        {
            return PythonResult.NotRun(PythonOutcome.Unavailable, answer.Error!);
        }

        var preparation = Preparation.For(code, _settings, timeout);
        (LockedInterpreter? locked, PythonResult? failure) = await InterpreterStart.StartAsync(_settings, interpreter, preparation, _time, cancellationToken).ConfigureAwait(false);
        PythonResult result;
        if (locked is null)
        {
            result = failure!;
        }
        else
        {
            await using (locked.ConfigureAwait(false))
            {
                result = await locked.RunAsync(new RunRequest(utf8, timeout), cancellationToken).ConfigureAwait(false);
            }
        }

        if (result.Outcome == PythonOutcome.Unavailable)
        {
            InterpreterCache.Forget(_settings.PythonPath);
        }

        return result;
    }
}
