using System.Buffers;
using System.Text.Unicode;

namespace PolicyLayer.Schemas.Text;

/// <summary>The characters of a text, in a buffer where they come as JSON, so that looking at them allocates nothing.</summary>
internal readonly ref struct Utf16Text
{
    /// <summary>Enough for most texts: how large a buffer on the stack may well be.</summary>
    public const int StackBuffer = 128;

    private readonly char[]? _rented;

    private Utf16Text(ReadOnlySpan<char> span, char[]? rented)
    {
        Span = span;
        _rented = rented;
    }

    /// <summary>The characters. Half a surrogate pair may stand alone.</summary>
    public ReadOnlySpan<char> Span { get; }

    /// <param name="text">What to read.</param>
    /// <param name="buffer">Used where it is large enough; else one is rented.</param>
    /// <param name="decoded">To be disposed of.</param>
    /// <returns>False when a byte is not UTF-8: nobody can say which characters these are.</returns>
    public static bool TryRead(JsonText text, Span<char> buffer, out Utf16Text decoded)
    {
        if (text.TryGetUtf16(out ReadOnlySpan<char> utf16))
        {
            decoded = new Utf16Text(utf16, null);
            return true;
        }

        char[]? rented = text.MaxCodePoints <= buffer.Length ? null : ArrayPool<char>.Shared.Rent(text.MaxCodePoints);
        buffer = rented ?? buffer;
        bool isText = text.TryGetPlain(out ReadOnlySpan<byte> utf8)
            ? Utf8.ToUtf16(utf8, buffer, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done
            : TryDecode(text, buffer, out length);
        decoded = new Utf16Text(buffer[..length], rented);
        if (!isText)
        {
            decoded.Dispose();
            decoded = default;
        }

        return isText;
    }

    /// <summary>Gives a rented buffer back, cleared: it held a value of an instance.</summary>
    public void Dispose()
    {
        if (_rented is not null)
        {
            _rented.AsSpan(0, Span.Length).Clear();
            ArrayPool<char>.Shared.Return(_rented);
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
