using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>Waits for the end of a process of ours, and reaps it.</summary>
internal static class ProcessWaits
{
    private const int ById = 1;
    private const int Ended = 4;
    private const int Interrupted = 4;
    private const int InfoBytes = 128;

    /// <summary>What a process ended with whose end somebody else has taken note of.</summary>
    private const int Unknown = 1;

    private static readonly int Unreaped = OperatingSystem.IsLinux() ? 0x0100_0000 : 0x20;

    /// <summary>Blocks until it has ended. It stays to be reaped.</summary>
    public static void UntilEnded(int process)
    {
        byte[] info = new byte[InfoBytes];
        while (WaitId(ById, process, info, Ended | Unreaped) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }
    }

    /// <summary>Reaps it, and blocks until that can be done.</summary>
    /// <returns>Its exit code; 128 and the number of the signal when one ended it.</returns>
    public static int Reap(int process)
    {
        int status, reaped;
        do
        {
            reaped = WaitPid(process, out status, 0);
        }
        while (reaped < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        int signal = status & 0x7F;
        return reaped < 0 ? Unknown : signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
    }

    [DllImport("libc", EntryPoint = "waitid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitId(int kind, int process, [Out] byte[] info, int options);

    [DllImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitPid(int process, out int status, int options);
}
