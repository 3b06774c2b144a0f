using System.Runtime.InteropServices;
using System.Text;

namespace PolicyLayer.Cli.Output;

/// <summary>The streams that this process was started with. Where one was closed, its number belongs to something of the runtime, which waits for ever when it is read and takes harm when it is written.</summary>
internal static class StandardStreams
{
    private const int GetFlags = 1;
    private const int ClosedOnExec = 1;

    /// <summary>What the command reads and writes.</summary>
    public static CommandStreams Open()
    {
        // Not disposed: what can still be written is flushed by the command line, and what cannot be must not fail again.
        var bytes = new OutputPipe(IsOpen(1) ? Console.OpenStandardOutput() : new ClosedStream("standard output"));
        bool isPlain = Console.IsOutputRedirected || !IsOpen(1);
        TextWriter output = isPlain ? new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 15) : Console.Out;
        Stream input = IsOpen(0) ? Console.OpenStandardInput() : new ClosedStream("standard input");
        return new CommandStreams(input, output, IsOpen(2) ? Console.Error : TextWriter.Null, isPlain) { Bytes = bytes };
    }

    /// <summary>Whether a number is of a stream that was there at the start: what the runtime opens is closed on exec, and would not be there.</summary>
    private static bool IsOpen(int descriptor) =>
        OperatingSystem.IsWindows() || (Control(descriptor, GetFlags) is >= 0 and var flags && (flags & ClosedOnExec) == 0);

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command);
}
