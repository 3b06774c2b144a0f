namespace PolicyLayer.Sdk.Python;

/// <summary>How a run ended.</summary>
public enum PythonOutcome
{
    /// <summary>The program ended by itself, with or without an exception.</summary>
    Exited,

    /// <summary>A signal ended it: a crash, or a system call that ends the process.</summary>
    Signaled,

    /// <summary>Its time was used up. What it had printed is in the result.</summary>
    Timeout,

    /// <summary>An uncaught MemoryError ended it, or the kernel because of its group's limit: the memory limit was met.</summary>
    Memory,

    /// <summary>It wrote more than allowed to one of its outputs and was stopped.</summary>
    OutputLimit,

    /// <summary>The input was not acceptable, or too many runs wait; nothing was started. <see cref="PythonResult.Error"/> says why.</summary>
    Refused,

    /// <summary>
    /// This machine cannot run it as required, and no code ran; or, with <see cref="PythonResult.Isolation"/> above
    /// <see cref="IsolationLevel.None"/>, its supervisor was lost while it ran. <see cref="PythonResult.Error"/> says which.
    /// </summary>
    Unavailable,
}
