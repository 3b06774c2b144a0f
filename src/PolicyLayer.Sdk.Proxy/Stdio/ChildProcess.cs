namespace PolicyLayer.Sdk.Proxy.Stdio;

/// <summary>The server as a process: its input and output are ours, its error stream is the one of this process.</summary>
internal abstract class ChildProcess : IDisposable
{
    private readonly Stream _input;
    private readonly Stream _output;

    /// <param name="input">Where the server reads from.</param>
    /// <param name="output">Where it writes to.</param>
    protected ChildProcess(Stream input, Stream output)
    {
        _input = input;
        _output = output;
        Input = new BlockingStream(input);
        Output = new BlockingStream(output);
    }

    public Stream Input { get; }

    public Stream Output { get; }

    /// <summary>Ends when the process has ended; its descendants may live on.</summary>
    public abstract Task Exited { get; }

    /// <summary>Whether descendants are known to live on when the process itself has ended.</summary>
    public abstract bool HasLeftOthers { get; }

    /// <exception cref="IOException">It cannot be started.</exception>
    public static ChildProcess Start(string command, IReadOnlyList<string> arguments)
    {
        string path = CommandPath.Find(command)
            ?? throw new IOException($"the command `{command}` cannot be started: there is no such program; give its path, or a name that is in PATH");
        ChildProcess? child = OperatingSystem.IsWindows() ? TreeChild.TryStart(path, arguments) : SessionChild.TryStart(path, arguments);
        return child ?? throw new IOException($"the command `{command}` cannot be started: check that it is a program and may be run");
    }

    public void CloseInput()
    {
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // It has closed its end already.
        }
    }

    /// <summary>Sends a signal to it and its descendants, by its number; where there are none, nothing happens.</summary>
    public abstract void Signal(int signal);

    /// <summary>Ends it and its descendants at once.</summary>
    public abstract void Kill();

    /// <summary>Lets go of it, once it has ended; no signal goes out any more.</summary>
    /// <returns>How it ended: 128 and the number of the signal when one did it.</returns>
    public abstract int Release();

    public virtual void Dispose()
    {
        CloseInput();
        _output.Dispose();
    }
}
