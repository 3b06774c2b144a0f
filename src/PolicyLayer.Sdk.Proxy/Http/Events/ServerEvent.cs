using System.Buffers;

namespace PolicyLayer.Sdk.Proxy.Http.Events;

/// <summary>One event of a server's stream, taken apart, so that the client gets it in the one form that every reader knows.</summary>
internal sealed class ServerEvent
{
    private readonly ArrayBufferWriter<byte> _fields = new();
    private readonly ArrayBufferWriter<byte> _data = new();

    /// <summary>The message; empty where the event has none.</summary>
    public ReadOnlyMemory<byte> Data => _data.WrittenMemory;

    public bool HasData { get; private set; }

    /// <summary>Whether nothing of it that passes has come yet.</summary>
    public bool IsEmpty => _fields.WrittenCount == 0 && !HasData;

    /// <summary>Whether it is no event, but a comment before one.</summary>
    public bool IsComment { get; private init; }

    /// <summary>Whether a client can go on from here on another stream.</summary>
    public bool HasId { get; private set; }

    /// <summary>Whether it names the address for messages, as the first event of the older transport does (revision 2024-11-05).</summary>
    public bool IsEndpoint { get; private set; }

    /// <summary>Whether only the beginning of its message is here.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the message is all there, and no reader would end its lines elsewhere.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>A comment that passes by itself; null where a line is none.</summary>
    /// <param name="line">The whole line without its end.</param>
    public static ServerEvent? CommentOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(":"u8) || !IsField(line))
        {
            return null;
        }

        var comment = new ServerEvent { IsComment = true };
        comment._fields.Write(line);
        comment._fields.Write("\n"u8);
        return comment;
    }

    /// <param name="line">A line of the event without its end.</param>
    /// <param name="isTooLong">Whether it is only the head of one.</param>
    /// <param name="maxBytes">How long the message may be.</param>
    public void Add(ReadOnlySpan<byte> line, bool isTooLong, int maxBytes)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? line : line[..colon];
        bool isEven = !isTooLong && !line.Contains((byte)'\r');
        if (name.SequenceEqual("data"u8))
        {
            IsWhole &= isEven && Data.Length + line.Length <= maxBytes;
            AddData(colon < 0 ? default : line[(colon + 1)..]);
        }
        else if (isEven && _fields.WrittenCount + line.Length < maxBytes && IsField(line))
        {
            HasId |= name.SequenceEqual("id"u8);
            IsEndpoint |= name.SequenceEqual("event"u8) && line[(colon + 1)..].Trim((byte)' ').SequenceEqual("endpoint"u8);
            _fields.Write(line);
            _fields.Write("\n"u8);
        }
    }

    /// <summary>Takes the beginning of its message, where the line is of that.</summary>
    public bool TryOpen(ReadOnlySpan<byte> line)
    {
        IsOpen = line.StartsWith("data:"u8);
        if (IsOpen)
        {
            AddData(line["data:".Length..]);
        }

        return IsOpen;
    }

    /// <summary>The value of a field, where a line is of that; null otherwise.</summary>
    public static ReadOnlyMemory<byte>? ValueOf(ReadOnlyMemory<byte> line, ReadOnlySpan<byte> field)
    {
        int colon = line.Span.IndexOf((byte)':');
        if (!(colon < 0 ? line : line[..colon]).Span.SequenceEqual(field))
        {
            return null;
        }

        ReadOnlyMemory<byte> value = colon < 0 ? default : line[(colon + 1)..];
        return value.Span.StartsWith(" "u8) ? value[1..] : value;
    }

    /// <summary>Whether a line is a comment, or of a field that passes beside the message.</summary>
    public static bool IsField(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? line : line[..colon];
        return (colon == 0 || name.SequenceEqual("id"u8) || name.SequenceEqual("event"u8) || name.SequenceEqual("retry"u8)) && !line.Contains((byte)'\r');
    }

    /// <summary>What stands before the message of an event that is open.</summary>
    public ReadOnlyMemory<byte> BeforeData() => (byte[])[.. _fields.WrittenSpan, .. "data: "u8];

    /// <summary>The event with another message, or with none.</summary>
    public ReadOnlyMemory<byte> With(ReadOnlyMemory<byte>? data)
    {
        var text = new ArrayBufferWriter<byte>(_fields.WrittenCount + (data?.Length ?? 0) + 16);
        text.Write(_fields.WrittenSpan);
        if (data is { } message)
        {
            foreach (Range line in message.Span.TrimEnd("\n"u8).Split((byte)'\n'))
            {
                text.Write("data: "u8);
                text.Write(message.Span[line]);
                text.Write("\n"u8);
            }
        }

        if (!IsComment)
        {
            text.Write("\n"u8);
        }

        return text.WrittenMemory;
    }

    private void AddData(ReadOnlySpan<byte> value)
    {
        if (HasData && IsWhole)
        {
            _data.Write("\n"u8);
        }

        // Of what does not pass, the head is enough.
        if (IsWhole || !HasData)
        {
            _data.Write(value.StartsWith(" "u8) ? value[1..] : value);
        }

        HasData = true;
    }
}
