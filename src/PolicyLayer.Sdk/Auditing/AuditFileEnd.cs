namespace PolicyLayer.Sdk.Auditing;

/// <summary>The end of an audit file that an earlier process wrote, and perhaps did not finish.</summary>
/// <param name="Sequence">The number of the last whole line; 0 in a new file.</param>
/// <param name="Hash">Its hash; null where it has none.</param>
internal readonly record struct AuditFileEnd(long Sequence, string? Hash)
{
    /// <summary>More than any line has.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>Goes to the end of the file, ends a torn last line, and tells of the last whole one.</summary>
    public static AuditFileEnd Repair(Stream file)
    {
        byte[] tail = new byte[Math.Min(file.Length, LongestLine)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        if (tail.Length > 0 && tail[^1] != '\n')
        {
            file.Write("\n"u8);
        }

        return LastOf(tail);
    }

    private static AuditFileEnd LastOf(ReadOnlySpan<byte> tail)
    {
        while (!tail.IsEmpty)
        {
            tail = tail.TrimEnd((byte)'\n');
            int start = tail.LastIndexOf((byte)'\n') + 1;
            if (AuditLink.TryRead(tail[start..]) is { } link)
            {
                return new AuditFileEnd(link.Sequence, link.Hash);
            }

            tail = tail[..start];
        }

        return default;
    }
}
