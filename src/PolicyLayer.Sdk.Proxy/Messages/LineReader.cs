namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>Reads lines as bytes, each with its end. A line beyond the bound is not kept: of it only the head remains.</summary>
/// <param name="stream">Where from.</param>
/// <param name="maxBytes">How long a line may be.</param>
internal sealed class LineReader(Stream stream, int maxBytes)
{
    private const int FirstSize = 1 << 14;
    private const int HeadSize = 1 << 12;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;
    private bool _isWithinLine;

    /// <summary>How much is held of a line that may be given in parts.</summary>
    public int PartAt => Math.Min(PassingAnswer.Held, maxBytes);

    /// <summary>The next line, or a part of it; null at the end. It is valid until the next call.</summary>
    /// <param name="partAt">How much may be held of a line before it is given as a part; at least 1.</param>
    /// <param name="canPart">Asked once, with the beginning of a line: whether that may be given in parts; null where every one may.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<TextLine?> ReadAsync(int partAt, Func<ReadOnlyMemory<byte>, bool>? canPart, CancellationToken cancellationToken)
    {
        int seen = 0;
        bool? isParted = _isWithinLine || canPart is null ? true : null;
        byte[]? head = null;
        while (true)
        {
            int end = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(seen + end + 1, head);
            }

            seen = _end - _start;
            if (seen > partAt && (isParted ??= canPart!(_buffer.AsMemory(_start, seen))))
            {
                return TakePart(seen);
            }

            if (seen > maxBytes || head is not null)
            {
                head ??= _buffer.AsSpan(_start, Math.Min(seen, HeadSize)).ToArray();
                _start = _end = seen = 0;
            }

            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return seen > 0 || head is not null ? Take(seen, head) : null;
            }
        }
    }

    private TextLine Take(int length, byte[]? head)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length;
        bool isRest = _isWithinLine;
        _isWithinLine = false;
        if (head is null && length > maxBytes + 1 && !isRest)
        {
            return new TextLine(line[..Math.Min(HeadSize, length - 1)], IsTooLong: true);
        }

        return head is null
            ? new TextLine(line, IsTooLong: false, IsFollowed: _buffer.AsSpan(_start, _end - _start).Contains((byte)'\n'))
            : new TextLine(head, IsTooLong: true);
    }

    /// <summary>A carriage return stays, for it may belong to the end of the line.</summary>
    private TextLine TakePart(int length)
    {
        length -= _buffer[_start + length - 1] == '\r' ? 1 : 0;
        ReadOnlyMemory<byte> part = _buffer.AsMemory(_start, length);
        _start += length;
        _isWithinLine = true;
        return new TextLine(part, IsTooLong: false, IsPart: true);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            // What a long line needed is given back.
            _start = _end = 0;
            _buffer = _buffer.Length > 1 << 20 ? new byte[FirstSize] : _buffer;
        }

        if (_end == _buffer.Length)
        {
            byte[] larger = _start > _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            _buffer = larger;
            _end -= _start;
            _start = 0;
        }

        int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
