using System.Text.Json;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>A line of a trail as it stands in the file.</summary>
/// <param name="Text">Its text; empty where it is longer than any line is.</param>
/// <param name="IsEnded">Whether a line feed ends it: the last one may be under way.</param>
/// <param name="IsTooLong">Whether it is longer than any line is.</param>
/// <param name="Length">How many bytes of the file it is, with its line feed.</param>
internal readonly record struct AuditTrailLine(ReadOnlyMemory<byte> Text, bool IsEnded, bool IsTooLong, long Length)
{
    private const int FirstBytes = 1 << 16;

    /// <summary>Whether a process may have left it so when it ended while it wrote: it has no whole value, for others who read the file would take that for a record.</summary>
    public bool CanBeTorn => !IsTooLong && !BeginsWithValue(Text.Span);

    /// <summary>Every line, one at a time; each is valid until the next.</summary>
    public static IEnumerable<AuditTrailLine> ReadAll(Stream trail)
    {
        byte[] room = new byte[FirstBytes];
        int start = 0, end = 0, searched = 0;
        bool isTooLong = false;
        long passedOver = 0;
        while (true)
        {
            int length = room.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                int next = searched + length;
                yield return new AuditTrailLine(isTooLong ? default : room.AsMemory(start, next - start), IsEnded: true, isTooLong, passedOver + next + 1 - start);
                (start, searched, isTooLong, passedOver) = (next + 1, next + 1, false, 0);
                continue;
            }

            isTooLong |= end - start > AuditFileEnd.LongestLine;
            if (isTooLong)
            {
                passedOver += end - start;
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
                    yield return new AuditTrailLine(isTooLong ? default : room.AsMemory(0, end), IsEnded: false, isTooLong, passedOver + end);
                }

                yield break;
            }

            end += read;
        }
    }

    private static bool BeginsWithValue(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            return reader.Read() && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
