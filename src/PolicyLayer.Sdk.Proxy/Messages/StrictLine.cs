using System.Text.Json;
using System.Text.Unicode;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>Reads a line as the one JSON object that every peer would read in it.</summary>
internal static class StrictLine
{
    /// <summary>How deep a message may nest: arguments may take 64 levels, and lie two levels down.</summary>
    public const int MaxDepth = 256;

    /// <summary>The members by which it is decided what a message is, whoever sends it.</summary>
    public static readonly string[] Members = ["jsonrpc", "id", "method", "params", "result", "error"];

    private static readonly JsonDocumentOptions WithoutTwins = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };
    private static readonly JsonDocumentOptions WithTwins = new() { AllowDuplicateProperties = true, MaxDepth = MaxDepth };

    /// <param name="line">The bytes, with or without the end of the line.</param>
    /// <param name="message">The object.</param>
    /// <param name="hasTwins">Whether a member stands in it twice, at any depth. Never, unless twins are allowed.</param>
    /// <param name="allowTwins">Whether such an object is read at all.</param>
    /// <param name="isLine">Whether the message is a line of a stream of lines, and not the whole of a body.</param>
    /// <exception cref="InvalidOperationException">A name has half of a surrogate pair.</exception>
    public static bool TryRead(ReadOnlySpan<byte> line, out JsonElement message, out bool hasTwins, bool allowTwins, bool isLine = true)
    {
        hasTwins = false;
        message = default;
        ReadOnlySpan<byte> text = WithoutEnd(line);
        if (!IsText(text, isLine))
        {
            return false;
        }

        try
        {
            message = JsonElement.Parse(text, WithoutTwins);
        }
        catch (JsonException) when (allowTwins)
        {
            hasTwins = true;
            return TryReadLoosely(text, out message);
        }
        catch (JsonException)
        {
            return false;
        }

        return message.ValueKind == JsonValueKind.Object;
    }

    /// <summary>Whether every reader finds the same signs in a message.</summary>
    /// <param name="text">The message, without the end of its line.</param>
    /// <param name="isLine">Whether it is a line of a stream of lines.</param>
    /// <remarks>A byte order mark is no JSON, and some parsers skip it. A lone carriage return is white space to JSON, and the end of a line to some readers.</remarks>
    public static bool IsText(ReadOnlySpan<byte> text, bool isLine) =>
        Utf8.IsValid(text) && !text.StartsWith("\uFEFF"u8) && !(isLine && text.Contains((byte)'\r'));

    /// <summary>A line without its end.</summary>
    public static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.EndsWith("\n"u8) ? line[..^1] : line;
        return text.EndsWith("\r"u8) ? text[..^1] : text;
    }

    /// <summary>Reads an object whose names nobody has looked at.</summary>
    /// <param name="line">The bytes, with or without the end of the line; otherwise as <see cref="TryRead"/> wants them.</param>
    /// <param name="message">The object.</param>
    public static bool TryReadLoosely(ReadOnlySpan<byte> line, out JsonElement message)
    {
        try
        {
            message = JsonElement.Parse(WithoutEnd(line), WithTwins);
            return message.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            message = default;
            return false;
        }
    }
}
