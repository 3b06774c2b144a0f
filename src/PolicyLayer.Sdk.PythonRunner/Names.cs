namespace PolicyLayer.Sdk.Python;

/// <summary>The names of the enumerations in JSON and in messages.</summary>
internal static class Names
{
    public static string Of(IsolationLevel level) => level switch
    {
        IsolationLevel.Full => "full",
        IsolationLevel.Kernel => "kernel",
        IsolationLevel.Seccomp => "seccomp",
        _ => "none",
    };

    public static string Of(PythonOutcome outcome) => outcome switch
    {
        PythonOutcome.Exited => "exited",
        PythonOutcome.Signaled => "signaled",
        PythonOutcome.Timeout => "timeout",
        PythonOutcome.Memory => "memory",
        PythonOutcome.OutputLimit => "output_limit",
        PythonOutcome.Refused => "refused",
        _ => "unavailable",
    };
}
