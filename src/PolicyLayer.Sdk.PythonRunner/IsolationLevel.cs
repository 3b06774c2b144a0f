namespace PolicyLayer.Sdk.Python;

/// <summary>How strongly the machine held a run, weakest first, so that levels compare with <c>&lt;</c>.</summary>
public enum IsolationLevel
{
    /// <summary>No kernel filter: the code can do what the user of the host process can do.</summary>
    None,

    /// <summary>The seccomp filter alone: no files, network or programs, held by one mechanism.</summary>
    Seccomp,

    /// <summary>Seccomp and Landlock: two mechanisms that each keep files shut. What a default container gives.</summary>
    Kernel,

    /// <summary>The kernel level, and namespaces of its own for processes, network and mounts, with an empty root.</summary>
    Full,
}
