using System.Buffers;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>JSON text with the ends of long strings left out, so that no token of it is long. What is left out is looked at here, for no reader sees it.</summary>
/// <param name="longest">How many bytes of a string stay.</param>
internal sealed class ShortenedJson(int longest)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(static control => (byte)control), (byte)'"', (byte)'\\']);

    private Place _place;
    private int _length;
    private int _digits;
    private bool _isKept;

    private enum Place
    {
        Outside,
        Inside,
        Escaped,
        Hex,
    }

    /// <summary>Takes the text that comes next.</summary>
    /// <returns>False where a string holds what none may: a control, or an escape that is none.</returns>
    public bool TryAdd(ReadOnlySpan<byte> text, IBufferWriter<byte> to)
    {
        while (!text.IsEmpty)
        {
            int taken = _place switch
            {
                Place.Outside => TakeOutside(text, to),
                Place.Inside => TakeInside(text, to),
                _ => TakeEscaped(text, to),
            };
            if (taken == 0)
            {
                return false;
            }

            text = text[taken..];
        }

        return true;
    }

    private int TakeOutside(ReadOnlySpan<byte> text, IBufferWriter<byte> to)
    {
        int quote = text.IndexOf((byte)'"');
        int taken = quote < 0 ? text.Length : quote + 1;
        to.Write(text[..taken]);
        if (quote >= 0)
        {
            (_place, _length) = (Place.Inside, 0);
        }

        return taken;
    }

    private int TakeInside(ReadOnlySpan<byte> text, IBufferWriter<byte> to)
    {
        int special = text.IndexOfAny(Special);
        int plain = special < 0 ? text.Length : special;
        int kept = Math.Min(longest - _length, plain);
        to.Write(text[..kept]);
        _length += kept;
        if (special < 0)
        {
            return plain;
        }

        if (text[special] == '"')
        {
            to.Write("\""u8);
            _place = Place.Outside;
            return plain + 1;
        }

        // An escape stays as a whole or not at all; a control is none.
        _isKept = _length < longest;
        Keep(text.Slice(special, 1), to);
        _place = Place.Escaped;
        return text[special] == '\\' ? plain + 1 : 0;
    }

    private int TakeEscaped(ReadOnlySpan<byte> text, IBufferWriter<byte> to)
    {
        Keep(text[..1], to);
        if (_place == Place.Hex)
        {
            _place = --_digits == 0 ? Place.Inside : Place.Hex;
            return char.IsAsciiHexDigit((char)text[0]) ? 1 : 0;
        }

        (_place, _digits) = text[0] == 'u' ? (Place.Hex, 4) : (Place.Inside, 0);
        return "\"\\/bfnrtu"u8.Contains(text[0]) ? 1 : 0;
    }

    private void Keep(ReadOnlySpan<byte> text, IBufferWriter<byte> to)
    {
        if (_isKept)
        {
            to.Write(text);

            // The end of an escape may lie beyond the bound.
            _length = Math.Min(_length + 1, longest);
        }
    }
}
