using System.ComponentModel;
using System.Diagnostics;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>A server where there are neither signals nor sessions: its descendants are found by their parents.</summary>
internal sealed class TreeChild : ChildProcess
{
    private readonly Process _process;

    private TreeChild(Process process)
        : base(process.StandardInput.BaseStream, process.StandardOutput.BaseStream)
    {
        _process = process;
        Exited = process.WaitForExitAsync(CancellationToken.None);
    }

    public override Task Exited { get; }

    public override bool HasLeftOthers => false;

    /// <summary>Starts it; null when it cannot be.</summary>
    public static TreeChild? TryStart(string path, IReadOnlyList<string> arguments)
    {
        try
        {
            return new TreeChild(Process.Start(new ProcessStartInfo(path, arguments)
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Ends a process and its descendants, as far as their own parents live.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile, or a descendant is somebody else's.
        }
    }

    public override void Signal(int signal)
    {
        // There are none.
    }

    public override void Kill() => Kill(_process);

    public override int Release() => _process.ExitCode;

    public override void Dispose()
    {
        base.Dispose();
        _process.Dispose();
    }
}
