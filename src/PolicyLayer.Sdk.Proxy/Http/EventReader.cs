using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Http;

/// <summary>Reads a stream of server-sent events, one at a time.</summary>
/// <param name="stream">Where from.</param>
/// <param name="maxBytes">How long a message may be.</param>
internal sealed class EventReader(Stream stream, int maxBytes)
{
    private readonly LineReader _lines = new(stream, maxBytes);

    /// <summary>The next event; null at the end. An event that is cut off is none.</summary>
    public async ValueTask<ServerEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        var next = new ServerEvent();
        while (await _lines.ReadAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            ReadOnlySpan<byte> text = line.Bytes.Span;
            text = text.EndsWith("\n"u8) ? text[..^1] : text;
            text = text.EndsWith("\r"u8) ? text[..^1] : text;
            if (text.IsEmpty)
            {
                return next;
            }

            next.Add(text, line.IsTooLong, maxBytes);
        }

        return null;
    }
}
