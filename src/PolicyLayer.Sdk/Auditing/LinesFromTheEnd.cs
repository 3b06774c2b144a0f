namespace PolicyLayer.Sdk.Auditing;

/// <summary>The lines of a file, the last one first, each without its line feed. Those that are longer than any line of a trail are passed over.</summary>
internal sealed class LinesFromTheEnd
{
    private readonly Stream _file;
    private readonly byte[] _room;

    /// <summary>Where the bytes begin that are in the room.</summary>
    private long _start;

    /// <summary>How many of them are still to be looked at: up to the end of the next line.</summary>
    private int _count;

    /// <summary>Whether what is at their end belongs to a line that is too long.</summary>
    private bool _isTooLong;

    public LinesFromTheEnd(Stream file)
    {
        _file = file;
        _start = file.Length;
        _room = new byte[Math.Min(_start, 2 * AuditFileEnd.LongestLine)];
    }

    /// <summary>Goes to the line before.</summary>
    /// <param name="line">The line, valid until the next; empty lines are among them.</param>
    /// <returns>False at the beginning of the file.</returns>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        while (_count > 0 || _start > 0)
        {
            int feed = _room.AsSpan(0, _count).LastIndexOf((byte)'\n');
            if (feed < 0 && _start > 0)
            {
                ReadBefore();
                continue;
            }

            line = _room.AsSpan((feed + 1).._count);
            _count = Math.Max(0, feed);
            if (!_isTooLong && line.Length <= AuditFileEnd.LongestLine)
            {
                return true;
            }

            _isTooLong = false;
        }

        line = default;
        return false;
    }

    /// <summary>Reads what stands before, behind which stays the beginning of a line that may be one.</summary>
    private void ReadBefore()
    {
        _isTooLong |= _count > AuditFileEnd.LongestLine;
        _count = _isTooLong ? 0 : _count;
        int read = (int)Math.Min(_start, _room.Length - _count);
        _room.AsSpan(0, _count).CopyTo(_room.AsSpan(read));
        _start -= read;
        _count += read;
        _file.Position = _start;
        _file.ReadExactly(_room, 0, read);
    }
}
