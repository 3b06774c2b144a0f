namespace PolicyLayer.Sdk.Auditing;

/// <summary>The end of an audit file that an earlier process wrote, and perhaps did not finish.</summary>
/// <param name="Sequence">The number of the last whole line; 0 in a new file.</param>
/// <param name="Hash">Its hash; null where it has none.</param>
/// <param name="IsOpen">Whether the file's last line, whole or torn, has still to be ended.</param>
internal readonly record struct AuditFileEnd(long Sequence, string? Hash, bool IsOpen)
{
    /// <summary>More than any line has.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>Goes to the end of the file, and tells of it.</summary>
    public static AuditFileEnd Find(Stream file)
    {
        byte[] tail = new byte[Math.Min(file.Length, LongestLine)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        return LastOf(tail) with { IsOpen = tail.Length > 0 && tail[^1] != '\n' };
    }

    private static AuditFileEnd LastOf(ReadOnlySpan<byte> tail)
    {
        while (!tail.IsEmpty)
        {
            tail = tail.TrimEnd((byte)'\n');
            int start = tail.LastIndexOf((byte)'\n') + 1;
            if (AuditLink.TryRead(tail[start..]) is { } link)
            {
                return new AuditFileEnd(link.Sequence, link.Hash, IsOpen: false);
            }

            tail = tail[..start];
        }

        return default;
    }
}
