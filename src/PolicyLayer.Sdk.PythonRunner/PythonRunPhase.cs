namespace PolicyLayer.Sdk.Python;

/// <summary>How far a run has come.</summary>
public enum PythonRunPhase
{
    /// <summary>It waits for others to end. A run that finds a place at once does not say this.</summary>
    Queued,

    /// <summary>Its process is being started, or taken from the pool.</summary>
    Starting,

    /// <summary>The locked process has the code.</summary>
    Running,
}
