using System.Runtime.InteropServices;

namespace PolicyLayer.Cli.Output;

/// <summary>Standard output that goes to a file or another program. The runtime swallows it when the reader of a pipe is gone, and a command would work on for nobody; this one notices.</summary>
internal sealed class OutputPipe(Stream output) : StandardStream
{
    private const short Error = 0x8;
    private const short HangUp = 0x10;

    public override bool CanRead => false;

    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsClosed())
        {
            throw new ClosedOutputException();
        }

        output.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes here and now: a wait for another thread would cost more than most writes.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return default;
    }

    public override void Flush() => output.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        output.Flush();
        return Task.CompletedTask;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static bool IsClosed()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var standardOutput = new PollRequest { Descriptor = 1 };
        return Poll(ref standardOutput, 1, 0) > 0 && (standardOutput.Answer & (Error | HangUp)) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref PollRequest requests, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Answer;
    }
}
