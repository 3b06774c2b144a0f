using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace PolicyLayer.Schemas.Text;

/// <summary>The text of a JSON string or member name, read where it lies: UTF-8 as written, escapes and all, or a .NET string.</summary>
/// <remarks>Nothing here throws on text that is not valid Unicode (lone surrogates, broken UTF-8): an instance is free to bring it.</remarks>
internal readonly ref struct JsonText
{
    // One span for both, since texts are handed on at every step.
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isUtf16;

    /// <summary>Text as it stands between the quotation marks.</summary>
    public JsonText(ReadOnlySpan<byte> raw) => _bytes = raw;

    public JsonText(string text)
    {
        _bytes = MemoryMarshal.AsBytes(text.AsSpan());
        _isUtf16 = true;
    }

    private ReadOnlySpan<byte> Raw => _isUtf16 ? default : _bytes;

    private ReadOnlySpan<char> Utf16 => _isUtf16 ? MemoryMarshal.Cast<byte, char>(_bytes) : default;

    public CodePoints GetEnumerator() => new(Raw, Utf16);

    /// <summary>Whether the bytes are the text itself, so that they can be compared without decoding.</summary>
    public bool TryGetPlain(out ReadOnlySpan<byte> utf8)
    {
        utf8 = _bytes;
        return !_isUtf16 && !utf8.Contains((byte)'\\');
    }

    /// <summary>The characters, where they need no decoding.</summary>
    public bool TryGetUtf16(out ReadOnlySpan<char> utf16)
    {
        utf16 = Utf16;
        return _isUtf16;
    }

    /// <summary>Decodes the text into a buffer.</summary>
    /// <returns>False when it does not fit or is not valid Unicode; either way it equals no text of a schema that fits.</returns>
    public bool TryDecode(Span<byte> buffer, out int written)
    {
        if (_isUtf16)
        {
            return Utf8.FromUtf16(Utf16, buffer, out _, out written, replaceInvalidSequences: false) == OperationStatus.Done;
        }

        written = 0;
        foreach (int codePoint in this)
        {
            if (!System.Text.Rune.TryCreate(codePoint, out System.Text.Rune rune) || !rune.TryEncodeToUtf8(buffer[written..], out int length))
            {
                return false;
            }

            written += length;
        }

        return true;
    }

    /// <summary>The length in Unicode code points (2020-12 validation, section 6.3). A broken byte or a lone surrogate counts as one.</summary>
    public long CountCodePoints()
    {
        if (TryGetPlain(out ReadOnlySpan<byte> utf8) && Utf8.IsValid(utf8))
        {
            return utf8.Length - CountContinuations(utf8);
        }

        long count = 0;
        foreach (int _ in this)
        {
            count++;
        }

        return count;
    }

    /// <summary>No text has more code points than this, at no cost.</summary>
    public int MaxCodePoints => _isUtf16 ? _bytes.Length / sizeof(char) : _bytes.Length;

    public bool IsWellFormed()
    {
        foreach (int codePoint in this)
        {
            if (!System.Text.Rune.IsValid(codePoint))
            {
                return false;
            }
        }

        return true;
    }

    public bool HasSameText(JsonText other)
    {
        if (TryGetPlain(out ReadOnlySpan<byte> left) && other.TryGetPlain(out ReadOnlySpan<byte> right))
        {
            return left.SequenceEqual(right);
        }

        CodePoints others = other.GetEnumerator();
        foreach (int codePoint in this)
        {
            if (!others.MoveNext() || others.Current != codePoint)
            {
                return false;
            }
        }

        return !others.MoveNext();
    }

    private static int CountContinuations(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        foreach (byte b in utf8)
        {
            count += (b & 0xC0) == 0x80 ? 1 : 0;
        }

        return count;
    }
}
