using System.Text.Json;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>The end of an audit file that an earlier process wrote, and perhaps did not finish.</summary>
internal static class AuditFileEnd
{
    /// <summary>More than any line has.</summary>
    private const int LongestLine = 1 << 20;

    /// <summary>Goes to the end of the file, ends a torn last line, and tells the number of the last whole one.</summary>
    /// <returns>The last <c>seq</c>; 0 in a new file.</returns>
    public static long Repair(Stream file)
    {
        byte[] tail = new byte[Math.Min(file.Length, LongestLine)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        if (tail.Length > 0 && tail[^1] != '\n')
        {
            file.Write("\n"u8);
        }

        return LastSequence(tail);
    }

    private static long LastSequence(ReadOnlySpan<byte> tail)
    {
        while (!tail.IsEmpty)
        {
            tail = tail.TrimEnd((byte)'\n');
            int start = tail.LastIndexOf((byte)'\n') + 1;
            if (Sequence(tail[start..]) is { } sequence)
            {
                return sequence;
            }

            tail = tail[..start];
        }

        return 0;
    }

    /// <summary>A line's number, or null when it is torn.</summary>
    private static long? Sequence(ReadOnlySpan<byte> line)
    {
        try
        {
            JsonElement record = JsonElement.Parse(line);
            return record.ValueKind == JsonValueKind.Object && record.TryGetProperty("seq"u8, out JsonElement seq) && seq.ValueKind == JsonValueKind.Number && seq.TryGetInt64(out long sequence) ? sequence : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
