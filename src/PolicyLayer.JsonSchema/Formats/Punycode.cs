namespace PolicyLayer.Schemas.Formats;

/// <summary>Whether text is Punycode (RFC 3492) of something that needs it. Which characters a domain may have beyond ASCII is not asked.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int FirstCodePoint = 0x80;
    private const int LastCodePoint = 0x10FFFF;

    /// <param name="text">What stands behind <c>xn--</c>.</param>
    public static bool IsEncoded(ReadOnlySpan<char> text)
    {
        int delimiter = text.LastIndexOf('-');
        int count = Math.Max(delimiter, 0);
        ReadOnlySpan<char> deltas = text[(delimiter + 1)..];

        // A delimiter without anything before it is not written.
        if (delimiter == 0 || deltas.IsEmpty)
        {
            return false;
        }

        long codePoint = FirstCodePoint;
        long position = 0;
        int bias = 72;
        bool first = true;
        while (!deltas.IsEmpty)
        {
            if (!TryDelta(ref deltas, bias, out long delta))
            {
                return false;
            }

            count++;
            bias = Adapt(delta, count, first);
            position += delta;
            codePoint += position / count;
            position = (position % count) + 1;
            first = false;
            if (codePoint > LastCodePoint || codePoint is >= 0xD800 and <= 0xDFFF)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryDelta(ref ReadOnlySpan<char> text, int bias, out long delta)
    {
        delta = 0;
        long weight = 1;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = text[i] switch
            {
                >= 'a' and <= 'z' => text[i] - 'a',
                >= 'A' and <= 'Z' => text[i] - 'A',
                >= '0' and <= '9' => text[i] - '0' + 26,
                _ => Base,
            };
            delta += digit * weight;
            if (digit == Base || delta > int.MaxValue)
            {
                return false;
            }

            int threshold = Math.Clamp((Base * (i + 1)) - bias, 1, 26);
            if (digit < threshold)
            {
                text = text[(i + 1)..];
                return true;
            }

            weight *= Base - threshold;
            if (weight > int.MaxValue)
            {
                return false;
            }
        }

        return false;
    }

    private static int Adapt(long delta, int count, bool first)
    {
        delta /= first ? 700 : 2;
        delta += delta / count;
        int steps = 0;
        for (; delta > 455; steps += Base)
        {
            delta /= Base - 1;
        }

        return (int)(steps + (Base * delta / (delta + 38)));
    }
}
