namespace PolicyLayer.Schemas.Formats;

/// <summary><c>ipv4</c> (RFC 2673, section 3.2; no leading zeros, which others read as octal) and <c>ipv6</c> (RFC 4291, section 2.2; no zone, no prefix length).</summary>
internal static class IpFormats
{
    private const int Groups = 8;

    public static bool IsIpv4(ReadOnlySpan<char> text)
    {
        int count = 0;
        foreach (Range part in text.Split('.'))
        {
            if (++count > 4 || !IsByte(text[part]))
            {
                return false;
            }
        }

        return count == 4;
    }

    public static bool IsIpv6(ReadOnlySpan<char> text)
    {
        int gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            return CountGroups(text, mayEndWithIpv4: true) == Groups;
        }

        // The gap stands for one group at least; a second gap leaves an empty group.
        ReadOnlySpan<char> before = text[..gap];
        ReadOnlySpan<char> after = text[(gap + 2)..];
        int first = before.IsEmpty ? 0 : CountGroups(before, mayEndWithIpv4: false);
        int last = after.IsEmpty ? 0 : CountGroups(after, mayEndWithIpv4: true);
        return first >= 0 && last >= 0 && first + last < Groups;
    }

    /// <summary>How many groups of 16 bits a text is, or -1.</summary>
    private static int CountGroups(ReadOnlySpan<char> text, bool mayEndWithIpv4)
    {
        int count = 0;
        while (count <= Groups)
        {
            int colon = text.IndexOf(':');
            ReadOnlySpan<char> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && mayEndWithIpv4 && IsIpv4(group))
            {
                return count + 2;
            }

            if (group.Length is 0 or > 4 || !Digits.AreHexadecimal(group))
            {
                return -1;
            }

            count++;
            if (colon < 0)
            {
                return count;
            }

            text = text[(colon + 1)..];
        }

        return -1;
    }

    private static bool IsByte(ReadOnlySpan<char> text) => text switch
    {
        [>= '0' and <= '9'] => true,
        [>= '1' and <= '9', >= '0' and <= '9'] => true,
        ['1', >= '0' and <= '9', >= '0' and <= '9'] => true,
        ['2', >= '0' and <= '4', >= '0' and <= '9'] => true,
        ['2', '5', >= '0' and <= '5'] => true,
        _ => false,
    };
}
