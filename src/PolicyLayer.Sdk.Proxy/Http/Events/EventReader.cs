using PolicyLayer.Sdk.Proxy.Messages;

namespace PolicyLayer.Sdk.Proxy.Http.Events;

/// <summary>Reads a stream of server-sent events, one at a time.</summary>
/// <param name="stream">Where from.</param>
/// <param name="maxBytes">How long a message may be.</param>
internal sealed class EventReader(Stream stream, int maxBytes)
{
    private readonly LineReader _lines = new(stream, maxBytes);
    private bool _hasBegun;
    private bool _isWithinData;

    /// <summary>The next event, or a comment before one, which may be a sign of life that somebody waits for; null at the end. An event that is cut off is none.</summary>
    /// <param name="canBeOpen">Whether an event with a long message may be given before all of it is there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<ServerEvent?> ReadAsync(bool canBeOpen, CancellationToken cancellationToken)
    {
        var next = new ServerEvent();
        while (await _lines.ReadAsync(canBeOpen && !next.HasData ? _lines.PartAt : int.MaxValue, null, cancellationToken).ConfigureAwait(false) is { } read)
        {
            TextLine line = WithoutMark(read);
            if (line.IsPart && next.TryOpen(line.Bytes.Span))
            {
                _isWithinData = true;
                return next;
            }

            ReadOnlyMemory<byte> text = WithoutEnd(line);
            if (text.IsEmpty)
            {
                return next;
            }

            if (next.IsEmpty && !line.IsTooLong && !line.IsPart && ServerEvent.CommentOf(text.Span) is { } comment)
            {
                return comment;
            }

            next.Add(text.Span, line.IsTooLong || line.IsPart, maxBytes);
            for (TextLine? rest = line; rest is { IsPart: true };)
            {
                rest = await _lines.ReadAsync(_lines.PartAt, null, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    /// <summary>What comes next of an event that was given before all of it was there; null when the stream ends before it.</summary>
    public async ValueTask<EventPart?> ReadPartAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadAsync(_lines.PartAt, null, cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (PartOf(line) is { } part)
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>What a line, or a part of one, is within such an event; null of a field that does not pass.</summary>
    private EventPart? PartOf(TextLine line)
    {
        ReadOnlyMemory<byte> text = WithoutEnd(line);
        bool isContinued = _isWithinData;
        ReadOnlyMemory<byte>? value = isContinued ? text : ServerEvent.ValueOf(text, "data"u8);
        _isWithinData = value is not null && line.IsPart;
        return line.IsTooLong || (line.IsPart && value is null) ? new EventPart(default, EventPartKind.Unreadable, EndsLine: false)
            : value is { } data ? new EventPart(data, isContinued ? EventPartKind.Data : EventPartKind.NextData, !line.IsPart)
            : text.IsEmpty ? new EventPart(default, EventPartKind.End, EndsLine: true)
            : ServerEvent.IsField(text.Span) ? new EventPart(text, EventPartKind.Field, EndsLine: true)
            : null;
    }

    /// <summary>The first line of a stream may have a byte order mark, which is not of it (HTML, section 9.2.5).</summary>
    private TextLine WithoutMark(TextLine line)
    {
        bool isMarked = !_hasBegun && line.Bytes.Span.StartsWith("\uFEFF"u8);
        _hasBegun = true;
        return isMarked ? line with { Bytes = line.Bytes["\uFEFF"u8.Length..] } : line;
    }

    private static ReadOnlyMemory<byte> WithoutEnd(TextLine line)
    {
        ReadOnlyMemory<byte> text = line.Bytes;
        text = text.Span.EndsWith("\n"u8) ? text[..^1] : text;
        return text.Span.EndsWith("\r"u8) ? text[..^1] : text;
    }
}
