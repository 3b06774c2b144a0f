using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>Signals of POSIX, by the numbers that they have everywhere.</summary>
internal static class ProcessSignals
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal to a process, or to a group by its negated number; nothing happens where there are no signals, or no such process.</summary>
    public static void Send(int process, int signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SendTo(process, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendTo(int process, int signal);
}
