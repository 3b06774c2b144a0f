namespace PolicyLayer.Sdk.Auditing;

/// <summary>A line of a trail as it stands in the file.</summary>
/// <param name="Text">Its text; empty where it is longer than any line is.</param>
/// <param name="IsEnded">Whether a line feed ends it: the last one may be under way.</param>
internal readonly record struct AuditTrailLine(ReadOnlyMemory<byte> Text, bool IsEnded)
{
    private const int FirstBytes = 1 << 16;

    /// <summary>Every line, one at a time; each is valid until the next.</summary>
    public static IEnumerable<AuditTrailLine> ReadAll(Stream trail)
    {
        byte[] room = new byte[FirstBytes];
        int start = 0, end = 0, searched = 0;
        bool isTooLong = false;
        while (true)
        {
            int length = room.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                int next = searched + length;
                yield return new AuditTrailLine(isTooLong ? default : room.AsMemory(start, next - start), IsEnded: true);
                (start, searched, isTooLong) = (next + 1, next + 1, false);
                continue;
            }

            isTooLong |= end - start > AuditFileEnd.LongestLine;
            if (isTooLong)
            {
                start = end;
            }

            room.AsSpan(start, end - start).CopyTo(room);
            (start, end) = (0, end - start);
            searched = end;
            if (end == room.Length)
            {
                Array.Resize(ref room, room.Length * 2);
            }

            int read = trail.Read(room, end, room.Length - end);
            if (read == 0)
            {
                if (end > 0 || isTooLong)
                {
                    yield return new AuditTrailLine(isTooLong ? default : room.AsMemory(0, end), IsEnded: false);
                }

                yield break;
            }

            end += read;
        }
    }
}
