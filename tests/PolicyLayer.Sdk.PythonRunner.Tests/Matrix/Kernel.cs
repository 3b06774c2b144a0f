namespace PolicyLayer.Sdk.Python.Tests.Matrix;

/// <summary>Which layers this kernel is new enough for, asked of the kernel and not of the code under test.</summary>
internal static class Kernel
{
    private const int ReadDenyWriteExecute = 66;   // prctl(PR_GET_MDWE)

    private static int LandlockVersion { get; } = OperatingSystem.IsLinux() ? Native.LandlockVersion() : 0;

    private static bool HasDenyWriteExecute { get; } = OperatingSystem.IsLinux() && Native.ProcessControl(ReadDenyWriteExecute, 0, 0, 0, 0) >= 0;

    public static bool Has(string layer) => layer switch
    {
        "landlock" or "landlock_worker" => LandlockVersion >= 1,
        "landlock_truncate" => LandlockVersion >= 3,
        "landlock_tcp" => LandlockVersion >= 4,
        "landlock_scopes" or "worker_scopes" => LandlockVersion >= 6,
        "deny_write_execute" => HasDenyWriteExecute,
        _ => true,
    };
}
