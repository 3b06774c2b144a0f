using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolicyLayer.Schemas.Text;

/// <summary>Reads text one code point at a time, decoding the escapes of RFC 8259, section 7.</summary>
/// <remarks>A lone surrogate comes out as itself; a byte that is not UTF-8 as a number above all code points, so that it equals nothing but itself.</remarks>
internal ref struct CodePoints(ReadOnlySpan<byte> raw, ReadOnlySpan<char> utf16)
{
    private const int BrokenByte = 0x110000;

    private readonly ReadOnlySpan<byte> _raw = raw;
    private readonly ReadOnlySpan<char> _utf16 = utf16;
    private int _position;

    public int Current { get; private set; }

    public bool MoveNext()
    {
        if (!_utf16.IsEmpty)
        {
            return MoveNextUtf16();
        }

        if (_position >= _raw.Length)
        {
            return false;
        }

        byte first = _raw[_position];
        if (first == '\\')
        {
            ReadEscape();
        }
        else if (first < 0x80)
        {
            Current = first;
            _position++;
        }
        else if (Rune.DecodeFromUtf8(_raw[_position..], out Rune rune, out int consumed) == OperationStatus.Done)
        {
            Current = rune.Value;
            _position += consumed;
        }
        else
        {
            Current = BrokenByte + first;
            _position++;
        }

        return true;
    }

    private bool MoveNextUtf16()
    {
        if (_position >= _utf16.Length)
        {
            return false;
        }

        char first = _utf16[_position++];
        Current = first;
        if (char.IsHighSurrogate(first) && _position < _utf16.Length && char.IsLowSurrogate(_utf16[_position]))
        {
            Current = char.ConvertToUtf32(first, _utf16[_position++]);
        }

        return true;
    }

    private void ReadEscape()
    {
        byte letter = _raw[_position + 1];
        if (letter != 'u')
        {
            Current = letter switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                _ => letter,
            };
            _position += 2;
            return;
        }

        char first = ReadUnit(_position);
        Current = first;
        _position += 6;
        if (char.IsHighSurrogate(first) && _raw[_position..].StartsWith("\\u"u8) && ReadUnit(_position) is char second && char.IsLowSurrogate(second))
        {
            Current = char.ConvertToUtf32(first, second);
            _position += 6;
        }
    }

    private readonly char ReadUnit(int position) =>
        (char)ushort.Parse(_raw.Slice(position + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
