namespace PolicyLayer.Schemas.Formats;

/// <summary><c>hostname</c> (RFC 1123, section 2.1), in ASCII alone; a label that begins with <c>xn--</c> must be Punycode (RFC 5890, section 2.3.2.1).</summary>
internal static class HostnameFormat
{
    private const int MaxLength = 253;
    private const int MaxLabelLength = 63;

    public static bool IsHostname(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
        {
            return false;
        }

        ReadOnlySpan<char> last = default;
        foreach (Range label in text.Split('.'))
        {
            last = text[label];
            if (!IsLabel(last))
            {
                return false;
            }
        }

        // The last label is never a number: else a name could not be told from an address of IPv4.
        return !Digits.AreAll(last);
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > MaxLabelLength || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (char c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return !label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) || Punycode.IsEncoded(label[4..]);
    }
}
