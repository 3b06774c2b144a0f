using System.Buffers;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>Reads a message, such as an answer, as strictly as <see cref="ServerMessage"/> does, while it passes: of however long a text little is held.</summary>
internal sealed class PassingAnswer
{
    /// <summary>How much of a message is held before it is read so: a shorter one passes as a whole.</summary>
    public const int Held = 1 << 16;

    /// <summary>Longer than any name that matters and any id, however they are written.</summary>
    private const int LongestString = 1 << 13;
    private const int LongestToken = 1 << 16;

    private readonly Decoder _utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    private readonly char[] _characters = new char[1 << 12];
    private readonly ShortenedJson _shortened = new(LongestString);
    private readonly AnswerMembers _members = new();
    private readonly ArrayBufferWriter<byte> _text = new();
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = StrictLine.MaxDepth });

    /// <summary>Whether the message has ended, and nothing but white space may follow.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Takes what comes next.</summary>
    /// <returns>False when it is certain that this is no message, or that it could be read in more than one way. Then nothing more may be taken.</returns>
    public bool TryAdd(ReadOnlySpan<byte> text) => TryAdd(text, isEnd: false);

    /// <summary>What the message was, once all of it was taken.</summary>
    /// <param name="rest">What follows the message.</param>
    public ServerAnswer End(ReadOnlySpan<byte> rest) => TryAdd(rest, isEnd: true) && IsComplete ? _members.ToAnswer() : default;

    private bool TryAdd(ReadOnlySpan<byte> text, bool isEnd)
    {
        try
        {
            CheckUtf8(text, isEnd);
            return _shortened.TryAdd(text, _text) && TryRead(isEnd);
        }
        catch (Exception e) when (e is DecoderFallbackException or JsonException or InvalidOperationException)
        {
            // It is no UTF-8, no JSON, or a name has half of a surrogate pair.
            return false;
        }
    }

    private void CheckUtf8(ReadOnlySpan<byte> text, bool isEnd)
    {
        bool isDone = false;
        while (!isDone)
        {
            _utf8.Convert(text, _characters, isEnd, out int used, out _, out isDone);
            text = text[used..];
        }
    }

    private bool TryRead(bool isEnd)
    {
        var reader = new Utf8JsonReader(_text.WrittenSpan, isEnd, _state);
        while (reader.Read())
        {
            if (!_members.TryTake(ref reader))
            {
                return false;
            }

            IsComplete |= reader is { CurrentDepth: 0, TokenType: JsonTokenType.EndObject };
        }

        _state = reader.CurrentState;
        byte[] rest = _text.WrittenSpan[(int)reader.BytesConsumed..].ToArray();
        _text.ResetWrittenCount();
        _text.Write(rest);
        return rest.Length <= LongestToken;
    }
}
