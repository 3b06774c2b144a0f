using System.Globalization;
using System.Text;

namespace PolicyLayer.Schemas.Values;

/// <summary>Compares numbers of JSON text (RFC 8259, section 6) by their exact value, whatever their size: no binary floating point, no allocation.</summary>
internal static class ExactNumber
{
    /// <summary>Beyond this many digits an exponent is refused rather than computed with.</summary>
    private const int MaxExponentDigits = 15;

    /// <summary>Compares two JSON numbers.</summary>
    /// <param name="left">The text of a valid JSON number, UTF-8.</param>
    /// <param name="right">The text of a valid JSON number, UTF-8.</param>
    /// <param name="order">Below, at or above zero, as <paramref name="left"/> is less than, equal to or greater than <paramref name="right"/>.</param>
    /// <returns>False when an exponent has more than 15 digits; such numbers are not compared.</returns>
    public static bool TryCompare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, out int order)
    {
        if (TryReadSmall(left, out long one) && TryReadSmall(right, out long other))
        {
            order = one.CompareTo(other);
            return true;
        }

        order = 0;
        if (!TryRead(left, out Parts a) || !TryRead(right, out Parts b))
        {
            return false;
        }

        if (a.Sign != b.Sign)
        {
            order = a.Sign.CompareTo(b.Sign);
        }
        else if (a.Sign != 0)
        {
            int magnitude = a.LeadingPower != b.LeadingPower ? a.LeadingPower.CompareTo(b.LeadingPower) : CompareDigits(a, b);
            order = a.Sign * magnitude;
        }

        return true;
    }

    /// <summary>Whether the number is whole: <c>1.0</c> and <c>1e2</c> are, <c>1.5</c> is not.</summary>
    /// <param name="number">The text of a valid JSON number, UTF-8.</param>
    public static bool IsInteger(ReadOnlySpan<byte> number)
    {
        if (!TryRead(number, out Parts parts))
        {
            return false;
        }

        if (parts.Sign == 0)
        {
            return true;
        }

        int lastSignificant = parts.Count - 1;
        while (parts[lastSignificant] == '0')
        {
            lastSignificant--;
        }

        return parts.LeadingPower >= lastSignificant;
    }

    /// <summary>One text for each value: <c>1.0</c>, <c>1</c> and <c>10e-1</c> become the same. A number whose exponent is beyond reading stays as it is written.</summary>
    /// <param name="number">The text of a valid JSON number, UTF-8.</param>
    public static string Normalize(ReadOnlySpan<byte> number)
    {
        if (!TryRead(number, out Parts parts))
        {
            return Encoding.UTF8.GetString(number);
        }

        if (parts.Sign == 0)
        {
            return "0";
        }

        int count = parts.Count;
        while (parts[count - 1] == '0')
        {
            count--;
        }

        var text = new StringBuilder(parts.Sign < 0 ? "-" : string.Empty);
        for (int i = 0; i < count; i++)
        {
            text.Append((char)parts[i]);
        }

        return text.Append(CultureInfo.InvariantCulture, $"e{parts.LeadingPower}").ToString();
    }

    /// <summary>Reads a whole number of at most 18 characters, as most numbers are; other numbers are not read.</summary>
    /// <param name="text">The text of a valid JSON number, UTF-8.</param>
    /// <param name="value">The number.</param>
    public static bool TryReadSmall(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool isNegative = text[0] == '-';
        if (text.Length > 18)
        {
            return false;
        }

        foreach (byte digit in isNegative ? text[1..] : text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        value = isNegative ? -value : value;
        return true;
    }

    private static int CompareDigits(in Parts a, in Parts b)
    {
        int count = Math.Max(a.Count, b.Count);
        for (int i = 0; i < count; i++)
        {
            int difference = a.DigitOrZero(i) - b.DigitOrZero(i);
            if (difference != 0)
            {
                return Math.Sign(difference);
            }
        }

        return 0;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out Parts parts)
    {
        int sign = 1;
        if (text[0] == '-')
        {
            sign = -1;
            text = text[1..];
        }

        long exponent = 0;
        int e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e >= 0)
        {
            ReadOnlySpan<byte> digits = text[(e + 1)..];
            if (digits.Length > MaxExponentDigits || !long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                parts = default;
                return false;
            }

            text = text[..e];
        }

        int point = text.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        parts = new Parts(sign, whole, fraction, exponent);
        return true;
    }

    /// <summary>A number as sign, digits without leading zeros, and the power of ten of the first digit.</summary>
    private readonly ref struct Parts
    {
        private readonly ReadOnlySpan<byte> _whole;
        private readonly ReadOnlySpan<byte> _fraction;

        public Parts(int sign, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> fraction, long exponent)
        {
            _whole = whole.TrimStart((byte)'0');
            _fraction = _whole.IsEmpty ? fraction.TrimStart((byte)'0') : fraction;
            Count = _whole.Length + _fraction.Length;
            Sign = Count == 0 ? 0 : sign;
            LeadingPower = exponent + (_whole.IsEmpty ? -(fraction.Length - _fraction.Length) - 1 : _whole.Length - 1);
        }

        public int Sign { get; }

        public int Count { get; }

        public long LeadingPower { get; }

        public byte this[int index] => index < _whole.Length ? _whole[index] : _fraction[index - _whole.Length];

        public int DigitOrZero(int index) => index < Count ? this[index] - '0' : 0;
    }
}
