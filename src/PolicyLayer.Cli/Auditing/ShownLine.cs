namespace PolicyLayer.Cli.Auditing;

/// <summary>A line of a trail that is to be shown.</summary>
/// <param name="Text">The line, a copy.</param>
/// <param name="Record">What it tells, where that had to be known before; null where nobody has asked.</param>
internal sealed record ShownLine(ReadOnlyMemory<byte> Text, TrailRecord? Record);
