using System.Buffers;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>Writes whole lines, whoever writes at once. Lines that come together go out together: each write wakes whoever reads, which takes longer than the line.</summary>
internal sealed class LineWriter : IDisposable
{
    /// <summary>How much is held; no more of what comes together is read at once.</summary>
    private const int MostHeld = 1 << 14;

    private static readonly TimeSpan HeldLongest = TimeSpan.FromMilliseconds(1);

    private readonly Stream _stream;
    private readonly ITimer _late;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ArrayBufferWriter<byte> _held = new();
    private bool _isWithinLine;

    /// <param name="stream">Where to.</param>
    /// <param name="time">The clock by which nothing is held for long, even where a host's code holds up the thread that would write it.</param>
    public LineWriter(Stream stream, TimeProvider time)
    {
        _stream = stream;
        _late = time.CreateTimer(static writer => _ = ((LineWriter)writer!).FlushLateAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Writes and flushes, and first what is held. A line that follows one without an end begins anew.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isFollowed">Whether another is at hand: then this one may be held, for the next write, for <see cref="FlushAsync"/> or for a moment.</param>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> line, bool isFollowed = false)
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            EndLine();
            _isWithinLine = !line.Span.EndsWith("\n"u8);
            if (_held.WrittenCount + line.Length > MostHeld)
            {
                await WriteHeldAsync().ConfigureAwait(false);
                await WriteNowAsync(line).ConfigureAwait(false);
                return;
            }

            if (isFollowed && _held.WrittenCount == 0)
            {
                _late.Change(HeldLongest, Timeout.InfiniteTimeSpan);
            }

            _held.Write(line.Span);
            if (!isFollowed)
            {
                await WriteHeldAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Begins a line that is written in parts, as they come: until its end nobody else writes.</summary>
    public async ValueTask BeginAsync()
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            EndLine();
            await WriteHeldAsync().ConfigureAwait(false);
        }
        catch
        {
            _one.Release();
            throw;
        }
    }

    /// <summary>Writes and flushes a part of the line that was begun.</summary>
    public ValueTask WritePartAsync(ReadOnlyMemory<byte> part)
    {
        _isWithinLine = !part.Span.EndsWith("\n"u8);
        return WriteNowAsync(part);
    }

    /// <summary>Ends the line that was begun, with its end or without.</summary>
    public void End() => _one.Release();

    /// <summary>Writes and flushes what is held.</summary>
    public async ValueTask FlushAsync()
    {
        await _one.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await WriteHeldAsync().ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _late.Dispose();
        _one.Dispose();
    }

    private void EndLine()
    {
        if (_isWithinLine)
        {
            _held.Write("\n"u8);
            _isWithinLine = false;
        }
    }

    private async Task FlushLateAsync()
    {
        try
        {
            await FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Whoever writes next finds out too.
        }
    }

    private async ValueTask WriteHeldAsync()
    {
        if (_held.WrittenCount > 0)
        {
            await WriteNowAsync(_held.WrittenMemory).ConfigureAwait(false);
            _held.ResetWrittenCount();
        }
    }

    private async ValueTask WriteNowAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        await _stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
