using System.Collections.ObjectModel;
using PolicyLayer.Sdk.Python.Interpreters;
using PolicyLayer.Sdk.Python.Protocol;

namespace PolicyLayer.Sdk.Python.Execution;

/// <summary>Puts a result together from the supervisor's frames, in the only order that makes sense.</summary>
internal sealed class RunCollector(RunnerSettings settings)
{
    private const int Killed = 128 + 9;
    private const int NoCode = -1;

    private readonly OutputBuffer _stdout = new(settings.MaxStdoutBytes);
    private readonly OutputBuffer _stderr = new(settings.MaxStderrBytes);
    private PythonIsolation? _isolation;

    /// <summary>What holds it; null until it is locked.</summary>
    public PythonIsolation? Isolation => _isolation;

    /// <summary>Why layers are missing, by their names.</summary>
    public IReadOnlyDictionary<string, string> Reasons { get; private set; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether the worker is locked.</summary>
    public bool IsLocked => _isolation is not null;

    /// <summary>Whether the worker was given the code: from then on it may have run.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Whether the worker has ended and was reaped, so that only the supervisor is left.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Submodules that a waiting interpreter can no longer load.</summary>
    public IReadOnlyList<string> Unloaded { get; private set; } = [];

    /// <summary>Takes a frame.</summary>
    /// <returns>The result, when this was the last frame.</returns>
    /// <exception cref="InvalidDataException">The frame does not belong here.</exception>
    public PythonResult? Take(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Refused when !IsRunning:
                return Refusal(new Fields(frame.Content.Span));
            case FrameKind.Report when !IsLocked:
                return Report(new Fields(frame.Content.Span));
            case FrameKind.Started when IsLocked && !IsRunning:
                IsRunning = true;
                return null;
            case FrameKind.Output when IsRunning:
                _stdout.Add(frame.Content.Span);
                return null;
            case FrameKind.Errors when IsRunning:
                _stderr.Add(frame.Content.Span);
                return null;
            case FrameKind.Exit when IsRunning:
                return Exit(new Fields(frame.Content.Span));
            default:
                throw new InvalidDataException("what the supervisor wrote is out of order");
        }
    }

    /// <summary>The result when the host itself had to end it.</summary>
    public PythonResult TimedOut(TimeSpan timeout) => Result(PythonOutcome.Timeout, Killed, timeout);

    /// <summary>The result when the supervisor was lost, with what it had forwarded by then.</summary>
    public PythonResult Lost(string error) => IsRunning ? Result(PythonOutcome.Unavailable, NoCode, TimeSpan.Zero, error) : PythonResult.NotRun(PythonOutcome.Unavailable, error);

    private PythonResult Refusal(Fields fields) => PythonResult.NotRun(
        PythonOutcome.Unavailable,
        Advice.Missing(settings.MinimumIsolation, fields.Text("layer"), fields.Text("reason")));

    private PythonResult? Report(Fields fields)
    {
        PythonIsolation isolation = IsolationLayers.Judge(fields.Names("layers"), fields.Names("missing"));
        if (isolation.Level < settings.MinimumIsolation)
        {
            string layer = IsolationLayers.Required(settings.MinimumIsolation).First(name => !isolation.Layers.Contains(name));
            return PythonResult.NotRun(PythonOutcome.Unavailable, Advice.Missing(settings.MinimumIsolation, layer, "not reported"));
        }

        _isolation = isolation;
        Unloaded = fields.Names("unloaded");
        Reasons = fields.Below("why_");
        return null;
    }

    private PythonResult Exit(Fields fields)
    {
        PythonOutcome outcome = Outcome(fields.Text("why"));
        int code = fields.Number("signal") is > 0 and < 128 and var signal ? 128 + (int)signal : (int)(fields.Number("code") & 0xFF);
        _stdout.IsTruncated |= fields.Number("stdout_truncated") != 0;
        _stderr.IsTruncated |= fields.Number("stderr_truncated") != 0;
        HasEnded = true;
        bool stopped = outcome is PythonOutcome.Timeout or PythonOutcome.OutputLimit;
        long microseconds = Math.Min(fields.Number("wall_us"), (long)TimeSpan.FromHours(2).TotalMicroseconds);
        return Result(outcome, stopped ? Killed : code, TimeSpan.FromMicroseconds(microseconds));
    }

    private static PythonOutcome Outcome(string why) => why switch
    {
        "exited" => PythonOutcome.Exited,
        "signaled" => PythonOutcome.Signaled,
        "timeout" => PythonOutcome.Timeout,
        "memory" => PythonOutcome.Memory,
        "output_limit" => PythonOutcome.OutputLimit,
        _ => throw new InvalidDataException("the supervisor gave an unknown outcome"),
    };

    private PythonResult Result(PythonOutcome outcome, int code, TimeSpan time, string? error = null) => new(outcome, code, _isolation!)
    {
        Error = error,
        Stdout = _stdout.Text(),
        Stderr = _stderr.Text(),
        StdoutTruncated = _stdout.IsTruncated,
        StderrTruncated = _stderr.IsTruncated,
        ExecutionTime = time,
    };
}
