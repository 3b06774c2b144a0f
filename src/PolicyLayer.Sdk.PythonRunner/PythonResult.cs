using System.Text.Json;
using PolicyLayer.Sdk.Python.Tool;

namespace PolicyLayer.Sdk.Python;

/// <summary>What a run printed, how it ended and what held it.</summary>
public sealed class PythonResult
{
    internal PythonResult(PythonOutcome outcome, int returnCode, PythonIsolation isolation)
    {
        Outcome = outcome;
        ReturnCode = returnCode;
        Isolation = isolation;
    }

    /// <summary>What the program wrote to its standard output, up to the limit. Bytes that are not UTF-8 read as U+FFFD.</summary>
    public string Stdout { get; internal init; } = "";

    /// <summary>What it wrote to its standard error, a traceback included, up to the limit.</summary>
    public string Stderr { get; internal init; } = "";

    /// <summary>
    /// The exit code as a shell gives it: 0 to 255, 128 + the signal's number for a signal (137 after a time-out or too
    /// much output), and -1 when no code ran, or nobody knows how it ended.
    /// </summary>
    public int ReturnCode { get; }

    /// <summary>The time from handing over the code to its end, by the supervisor's clock; zero when no code ran.</summary>
    public TimeSpan ExecutionTime { get; internal init; }

    /// <summary>How it ended.</summary>
    public PythonOutcome Outcome { get; }

    /// <summary>Whether <see cref="Stdout"/> was cut off at its limit.</summary>
    public bool StdoutTruncated { get; internal init; }

    /// <summary>Whether <see cref="Stderr"/> was cut off at its limit.</summary>
    public bool StderrTruncated { get; internal init; }

    /// <summary>What held the run.</summary>
    public PythonIsolation Isolation { get; }

    /// <summary>Why there is no result of the code and what to do about it; null when there is one.</summary>
    public string? Error { get; internal init; }

    /// <summary>When to try again, for a run that was refused because too many wait; null otherwise.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The JSON object that the tool <c>run_python_code</c> answers with.</summary>
    /// <returns>A value that is independent of this object.</returns>
    public JsonElement ToJson() => PythonResultJson.Write(this);

    /// <summary>The same, with what the host knows better than the supervisor.</summary>
    internal PythonResult As(PythonOutcome outcome) => new(outcome, ReturnCode, Isolation)
    {
        Stdout = Stdout,
        Stderr = Stderr,
        StdoutTruncated = StdoutTruncated,
        StderrTruncated = StderrTruncated,
        ExecutionTime = ExecutionTime,
    };

    internal static PythonResult NotRun(PythonOutcome outcome, string error, TimeSpan? retryAfter = null) =>
        new(outcome, -1, PythonIsolation.Nothing) { Error = error, RetryAfter = retryAfter };
}
