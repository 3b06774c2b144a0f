namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>A stream that gives what it has, and then neither more nor an end until it is disposed.</summary>
internal sealed class SilentStream(byte[] first) : MemoryStream(first)
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _closed = new();

    /// <summary>Ends when more is asked for than there is.</summary>
    public Task IsAsked => _asked.Task;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        if (read == 0)
        {
            _asked.TrySetResult();
            _closed.Wait(CancellationToken.None);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _closed.Set();
        base.Dispose(disposing);
    }
}
