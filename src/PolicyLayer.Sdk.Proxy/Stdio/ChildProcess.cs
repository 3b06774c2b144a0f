using System.ComponentModel;
using System.Diagnostics;

namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>The server as a process: its input and output are ours, its error stream is the one of this process.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
        Input = new BlockingStream(process.StandardInput.BaseStream);
        Output = new BlockingStream(process.StandardOutput.BaseStream);
        Exited = process.WaitForExitAsync(CancellationToken.None);
    }

    public Stream Input { get; }

    public Stream Output { get; }

    /// <summary>Ends when the process has ended; its descendants may live on.</summary>
    public Task Exited { get; }

    /// <summary>How it ended: 128 and the number of the signal when one did it.</summary>
    public int ExitCode => _process.ExitCode;

    /// <exception cref="IOException">It cannot be started.</exception>
    public static ChildProcess Start(string command, IReadOnlyList<string> arguments)
    {
        string? path = CommandPath.Find(command);
        try
        {
            return path is null
                ? throw new IOException($"the command `{command}` cannot be started: there is no such program; give its path, or a name that is in PATH")
                : new ChildProcess(Process.Start(new ProcessStartInfo(path, arguments)
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                })!);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"the command `{command}` cannot be started: check that it is a program and may be run", e);
        }
    }

    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has closed its end already.
        }
    }

    /// <summary>Sends a signal, by its number; where there are none, or it has ended, nothing happens.</summary>
    public void Signal(int signal)
    {
        if (!Exited.IsCompleted)
        {
            ProcessSignals.Send(_process.Id, signal);
        }
    }

    /// <summary>Ends it and its descendants at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended meanwhile, or a descendant is somebody else's.
        }
    }

    public void Dispose() => _process.Dispose();
}
