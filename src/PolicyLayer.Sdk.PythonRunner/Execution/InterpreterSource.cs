using PolicyLayer.Sdk.Python.Interpreters;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>Makes locked interpreters, one by one: for a program that waits, and for the pool.</summary>
internal sealed class InterpreterSource(RunnerSettings settings, TimeProvider time)
{
    /// <summary>A locked interpreter, or the result that says why there is none.</summary>
    public async Task<(LockedInterpreter? Locked, PythonResult? Failure)> StartAsync(Preparation preparation, CancellationToken cancellationToken)
    {
        ProbeAnswer answer = await InterpreterCache.GetAsync(settings.PythonPath, time, cancellationToken).ConfigureAwait(false);
        return answer.Interpreter is { } interpreter
            ? await InterpreterStart.StartAsync(settings, interpreter, preparation, time, cancellationToken).ConfigureAwait(false)
            : (null, PythonResult.NotRun(PythonOutcome.Unavailable, answer.Error!));
    }
}
