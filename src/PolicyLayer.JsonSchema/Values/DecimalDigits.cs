using System.Globalization;

namespace PolicyLayer.Schemas.Values;

/// <summary>A JSON number taken apart: sign, significant digits without zeros at either end, and the power of ten of the last one.</summary>
/// <remarks>Two numbers are equal exactly when all three are.</remarks>
internal readonly ref struct DecimalDigits
{
    /// <summary>The same bound as <see cref="ExactNumber"/> has.</summary>
    private const int MaxExponentLength = 15;

    private readonly ReadOnlySpan<byte> _whole;
    private readonly ReadOnlySpan<byte> _fraction;

    private DecimalDigits(bool isNegative, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long exponent)
    {
        fraction = fraction.TrimEnd((byte)'0');
        Exponent = exponent - fraction.Length;
        _whole = whole.TrimStart((byte)'0');
        _fraction = _whole.IsEmpty ? fraction.TrimStart((byte)'0') : fraction;
        if (_fraction.IsEmpty)
        {
            int length = _whole.Length;
            _whole = _whole.TrimEnd((byte)'0');
            Exponent += length - _whole.Length;
        }

        IsZero = _whole.IsEmpty && _fraction.IsEmpty;
        IsNegative = isNegative && !IsZero;
        Exponent = IsZero ? 0 : Exponent;
    }

    public bool IsZero { get; }

    public bool IsNegative { get; }

    /// <summary>The power of ten of the last significant digit; 0 for zero.</summary>
    public long Exponent { get; }

    public bool IsInteger => Exponent >= 0;

    /// <summary>How many significant digits there are; 0 for zero.</summary>
    public int Count => _whole.Length + _fraction.Length;

    /// <summary>A significant digit, the first one at index 0.</summary>
    public int this[int index] => (index < _whole.Length ? _whole[index] : _fraction[index - _whole.Length]) - '0';

    /// <param name="number">The text of a valid JSON number, UTF-8.</param>
    /// <param name="digits">The number.</param>
    /// <returns>False when the exponent has more than 15 characters.</returns>
    public static bool TryRead(ReadOnlySpan<byte> number, out DecimalDigits digits)
    {
        bool isNegative = number[0] == '-';
        ReadOnlySpan<byte> text = isNegative ? number[1..] : number;
        long exponent = 0;
        int e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e >= 0)
        {
            ReadOnlySpan<byte> written = text[(e + 1)..];
            if (written.Length > MaxExponentLength || !long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                digits = default;
                return false;
            }

            text = text[..e];
        }

        int point = text.IndexOf((byte)'.');
        digits = point < 0
            ? new DecimalDigits(isNegative, text, default, exponent)
            : new DecimalDigits(isNegative, text[..point], text[(point + 1)..], exponent);
        return true;
    }

    /// <summary>The value as a count, when it is a whole number from zero; one that is too large becomes <see cref="long.MaxValue"/>.</summary>
    public bool TryGetCount(out long count)
    {
        count = 0;
        if (IsNegative || !IsInteger)
        {
            return false;
        }

        if (Count + Exponent > 18)
        {
            count = long.MaxValue;
            return true;
        }

        for (int i = 0; i < Count + Exponent; i++)
        {
            count = (count * 10) + (i < Count ? this[i] : 0);
        }

        return true;
    }
}
