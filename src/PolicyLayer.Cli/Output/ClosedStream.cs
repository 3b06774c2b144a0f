namespace PolicyLayer.Cli.Output;

/// <summary>A standard stream that was closed at the start: whoever needs it is told.</summary>
/// <param name="name">What it is.</param>
internal sealed class ClosedStream(string name) : StandardStream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override int Read(byte[] buffer, int offset, int count) => throw Closed();

    public override void Write(byte[] buffer, int offset, int count) => throw Closed();

    public override void Flush()
    {
        // Nothing was written.
    }

    private IOException Closed() => new($"{name} is closed");
}
