namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>Writes whole lines, whoever writes at once.</summary>
/// <param name="stream">Where to.</param>
internal sealed class LineWriter(Stream stream) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private bool _isWithinLine;

    /// <summary>Writes and flushes. A line that follows one without an end begins anew.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> line)
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_isWithinLine)
            {
                await stream.WriteAsync("\n"u8.ToArray(), CancellationToken.None).ConfigureAwait(false);
            }

            _isWithinLine = !line.Span.EndsWith("\n"u8);
            await stream.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
            await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
