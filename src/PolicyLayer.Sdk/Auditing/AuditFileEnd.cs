namespace PolicyLayer.Sdk.Auditing;

/// <summary>The end of an audit file that an earlier process wrote, and perhaps did not finish.</summary>
/// <param name="Sequence">The number of the last whole line; 0 in a new file.</param>
/// <param name="Hash">Its hash; null where it has none.</param>
/// <param name="IsOpen">Whether the file's last line, whole or torn, has still to be ended.</param>
internal readonly record struct AuditFileEnd(long Sequence, string? Hash, bool IsOpen)
{
    /// <summary>More than any line has.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>Goes to the end of the file, and tells of it. The last whole line is looked for to the file's beginning, whatever stands behind it: to begin anew would be to lose the chain.</summary>
    /// <exception cref="IOException">The file has no line of a trail, and more than a process leaves that did not finish its first.</exception>
    public static AuditFileEnd Find(Stream file)
    {
        var lines = new LinesFromTheEnd(file);
        while (lines.TryNext(out ReadOnlySpan<byte> line))
        {
            // What has not even brackets is told of without an exception for each line of it.
            if (line.Trim(" \t\r"u8) is [(byte)'{', .., (byte)'}'] && AuditLink.TryRead(line) is { } link)
            {
                return new AuditFileEnd(link.Sequence, link.Hash, GoToEnd(file));
            }
        }

        return file.Length <= LongestLine
            ? new AuditFileEnd(0, null, GoToEnd(file))
            : throw new IOException("the file has no line of an audit trail, so it is none; name another, or move it away");
    }

    /// <summary>Goes to the end of a file that somebody else has cut or written to; the chain goes on from where it was.</summary>
    public AuditFileEnd MovedTo(Stream file) => this with { IsOpen = GoToEnd(file) };

    private static bool GoToEnd(Stream file)
    {
        file.Position = Math.Max(0, file.Length - 1);
        return file.ReadByte() is not -1 and not '\n';
    }
}
