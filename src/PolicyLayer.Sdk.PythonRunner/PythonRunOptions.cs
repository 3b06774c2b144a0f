namespace PolicyLayer.Sdk.Python;

/// <summary>What may differ from run to run.</summary>
public sealed class PythonRunOptions
{
    /// <summary>
    /// How long the code may run; null for <see cref="PythonRunnerOptions.DefaultTimeout"/>. Zero, negative and more than
    /// <see cref="PythonRunnerOptions.MaxTimeout"/> are refused, not clamped.
    /// </summary>
    public TimeSpan? Timeout { get; set; }
}
