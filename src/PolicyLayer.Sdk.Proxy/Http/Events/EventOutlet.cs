using Microsoft.AspNetCore.Http;

namespace PolicyLayer.Sdk.Proxy.Http.Events;

/// <summary>A stream of events to a client, on which the proxy may have something to say between those of the server: that policies have changed, and with them what is listed.</summary>
/// <param name="context">The request that the stream answers.</param>
/// <param name="guard">Whose policies may change.</param>
/// <param name="notices">What there is to say then.</param>
internal sealed class EventOutlet(HttpContext context, ToolGuard guard, Func<IEnumerable<ReadOnlyMemory<byte>>> notices) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private bool _isListening;
    private bool _isOver;

    /// <summary>From here on changes are told.</summary>
    public void Listen()
    {
        if (!_isListening)
        {
            _isListening = true;
            guard.PoliciesChanged += Tell;
        }
    }

    /// <summary>Writes and flushes whole events, whoever writes at once.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> events, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WritePartAsync(events, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    /// <summary>Begins an event that is written in parts: until its end nobody else writes.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => _one.WaitAsync(cancellationToken);

    /// <summary>Writes and flushes a part of an event that was begun.</summary>
    public async Task WritePartAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
    {
        if (!_isOver)
        {
            await context.Response.Body.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends an event that was begun.</summary>
    public void End() => _one.Release();

    /// <summary>Ends it: nothing is written behind the end of the response.</summary>
    public async ValueTask DisposeAsync()
    {
        guard.PoliciesChanged -= Tell;
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _isOver = true;
        _one.Release();
    }

    private void Tell(object? sender, EventArgs e) => _ = TellAsync();

    private async Task TellAsync()
    {
        try
        {
            foreach (ReadOnlyMemory<byte> notice in notices())
            {
                // Without an id: the server's numbers, by which a client goes on, are not ours to give.
                await WriteAsync(new ServerEvent().With(notice), context.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone.
        }
    }
}
