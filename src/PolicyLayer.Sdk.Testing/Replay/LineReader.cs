namespace PolicyLayer.Sdk.Testing.Replay;

/// <summary>Reads a stream line by line, as bytes, never more of it than the longest line and a block.</summary>
/// <param name="stream">The stream.</param>
/// <param name="beforeWaiting">Called before more is read, which may wait: what has been answered should be seen by then.</param>
internal sealed class LineReader(Stream stream, Action beforeWaiting)
{
    /// <summary>Arguments of more than 1 MiB are refused in any case; escaped in a line they may be several times as long.</summary>
    public const int LongestLine = 16 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _hasEnded;

    /// <summary>The next line without its end, valid until the next one is read; null when there is none.</summary>
    /// <exception cref="InvalidDataException">The line is longer than <see cref="LongestLine"/>.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        for (int searched = 0; ;)
        {
            int end = _buffer.AsSpan((_start + searched).._end).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return Take(searched + end, next: 1);
            }

            searched = _end - _start;
            if (_hasEnded)
            {
                // Null alone would become an empty line: memory is made of arrays, and of none.
                return searched == 0 ? default(ReadOnlyMemory<byte>?) : Take(searched, next: 0);
            }

            MakeRoom();
            beforeWaiting();
            cancellationToken.ThrowIfCancellationRequested();

            // A console cannot be read with a token, so the read is left behind when somebody stops the command.
            int read = await Task.Run(() => stream.Read(_buffer, _end, _buffer.Length - _end), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
            _end += read;
            _hasEnded = read == 0;
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int next)
    {
        ReadOnlyMemory<byte> line = _buffer.AsMemory(_start, length);
        _start += length + next;
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private void MakeRoom()
    {
        int length = _end - _start;
        if (length > LongestLine)
        {
            throw new InvalidDataException("the line is too long");
        }

        byte[] target = length > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, length).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, length);
    }
}
