namespace PolicyLayer.Schemas.Formats;

/// <summary><c>email</c>: a mailbox (RFC 5321, section 4.1.2), in ASCII alone, with the lengths of section 4.5.3.1.</summary>
internal static class EmailFormat
{
    private const int MaxLength = 254;
    private const int MaxLocalLength = 64;

    public static bool IsEmail(ReadOnlySpan<char> text)
    {
        // In a quoted local part there may be an `@`, in a domain never.
        int at = text.LastIndexOf('@');
        return text.Length <= MaxLength && at is > 0 and <= MaxLocalLength && IsLocalPart(text[..at]) && IsDomain(text[(at + 1)..]);
    }

    private static bool IsLocalPart(ReadOnlySpan<char> text)
    {
        if (text[0] == '"')
        {
            return text.Length > 1 && text[^1] == '"' && IsQuoted(text[1..^1]);
        }

        foreach (Range atom in text.Split('.'))
        {
            if (text[atom].IsEmpty || text[atom].ContainsAnyExcept(AtomCharacters))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Visible ASCII and spaces; a backslash takes the next one as it is.</summary>
    private static bool IsQuoted(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' || (text[i] == '\\' && ++i == text.Length) || text[i] is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> text)
    {
        if (text is not ['[', .. ReadOnlySpan<char> literal, ']'])
        {
            return HostnameFormat.IsHostname(text);
        }

        return literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? IpFormats.IsIpv6(literal[5..]) : IpFormats.IsIpv4(literal);
    }

    private static readonly System.Buffers.SearchValues<char> AtomCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~");
}
