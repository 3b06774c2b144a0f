namespace PolicyLayer.Sdk.Python.Seccomp;

/// <summary>What a filter answers to a system call, in the kernel's encoding (seccomp(2)).</summary>
internal static class SeccompAnswer
{
    public const uint KillProcess = 0x80000000;
    public const uint Allow = 0x7fff0000;

    /// <summary>EPERM: the call does not happen.</summary>
    public const uint NotPermitted = 0x00050000 | 1;

    /// <summary>ENOSYS: C libraries then fall back to a call that a filter can look into.</summary>
    public const uint NotImplemented = 0x00050000 | 38;
}
