using System.Buffers;
using System.Text.Unicode;

namespace PolicyLayer.Schemas.Text;

/// <summary>The characters of a text, in a rented buffer where they come as JSON, so that looking at them allocates nothing.</summary>
internal readonly ref struct Utf16Text
{
    private readonly char[]? _buffer;

    private Utf16Text(ReadOnlySpan<char> span, char[]? buffer)
    {
        Span = span;
        _buffer = buffer;
    }

    /// <summary>The characters. Half a surrogate pair may stand alone.</summary>
    public ReadOnlySpan<char> Span { get; }

    /// <returns>False when a byte is not UTF-8: nobody can say which characters these are.</returns>
    public static bool TryRead(JsonText text, out Utf16Text decoded)
    {
        if (text.TryGetUtf16(out ReadOnlySpan<char> utf16))
        {
            decoded = new Utf16Text(utf16, null);
            return true;
        }

        char[] buffer = ArrayPool<char>.Shared.Rent(text.MaxCodePoints);
        bool isText = text.TryGetPlain(out ReadOnlySpan<byte> utf8)
            ? Utf8.ToUtf16(utf8, buffer, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done
            : TryDecode(text, buffer, out length);
        decoded = new Utf16Text(buffer.AsSpan(0, length), buffer);
        if (!isText)
        {
            decoded.Dispose();
            decoded = default;
        }

        return isText;
    }

    /// <summary>Gives the buffer back, cleared: it held a value of an instance.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
        {
            _buffer.AsSpan(0, Span.Length).Clear();
            ArrayPool<char>.Shared.Return(_buffer);
        }
    }

    private static bool TryDecode(JsonText text, Span<char> buffer, out int length)
    {
        length = 0;
        foreach (int codePoint in text)
        {
            if (codePoint > 0x10FFFF)
            {
                return false;
            }

            if (codePoint <= char.MaxValue)
            {
                buffer[length++] = (char)codePoint;
            }
            else
            {
                length += new System.Text.Rune(codePoint).EncodeToUtf16(buffer[length..]);
            }
        }

        return true;
    }
}
