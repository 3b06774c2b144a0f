namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>A line as it came, its end included.</summary>
/// <param name="Bytes">All of it, or its head when it was too long.</param>
/// <param name="IsTooLong">Whether it was longer than the bound.</param>
/// <param name="IsPart">Whether more of it follows.</param>
/// <param name="IsFollowed">Whether the next line is there already.</param>
internal readonly record struct TextLine(ReadOnlyMemory<byte> Bytes, bool IsTooLong, bool IsPart = false, bool IsFollowed = false);
