namespace PolicyLayer.Sdk.Python;

/// <summary>What may differ from run to run.</summary>
public sealed class PythonRunOptions
{
    /// <summary>
    /// How long the code may run; null for <see cref="PythonRunnerOptions.DefaultTimeout"/>. Zero, negative and more than
    /// <see cref="PythonRunnerOptions.MaxTimeout"/> are refused, not clamped.
    /// </summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// Whose run it is, such as the id of a grant: while runs wait, callers take turns, and in a full queue the one with the
    /// most waiting gives way. Null counts as one caller. Never take it from the model.
    /// </summary>
    public string? Caller { get; set; }

    /// <summary>Is told how far the run has come, on the thread that carries it; null for nobody. What it throws ends the run and reaches the caller.</summary>
    public IProgress<PythonRunPhase>? Progress { get; set; }
}
