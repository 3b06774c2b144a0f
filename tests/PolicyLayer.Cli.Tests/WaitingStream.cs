namespace PolicyLayer.Cli.Tests;

/// <summary>Input that comes to a halt, as a pipe does whose writer has nothing to say yet.</summary>
internal sealed class WaitingStream(byte[] first) : MemoryStream(first)
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _closed = new();

    /// <summary>Ends when a reader waits.</summary>
    public Task IsWaiting => _waiting.Task;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = base.Read(buffer, offset, count);
        if (read == 0)
        {
            _waiting.TrySetResult();
            _closed.Wait();
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _closed.Set();
        base.Dispose(disposing);
    }
}
