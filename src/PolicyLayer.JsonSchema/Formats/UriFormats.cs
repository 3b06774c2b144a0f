using System.Buffers;

namespace PolicyLayer.Schemas.Formats;

/// <summary><c>uri</c> and <c>uri-reference</c> (RFC 3986, appendix A), in ASCII alone.</summary>
internal static class UriFormats
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary><c>unreserved</c> and <c>sub-delims</c>, and percent signs, which are looked at apart.</summary>
    private const string Common = Alphanumeric + "-._~!$&'()*+,;=%";

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create(Alphanumeric + "+-.");
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(Common);
    private static readonly SearchValues<char> UserCharacters = SearchValues.Create(Common + ":");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Common + ":@/");
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(Common + ":@/?");

    public static bool IsUri(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return colon > 0 && IsScheme(text[..colon]) && IsRest(text[(colon + 1)..]);
    }

    public static bool IsUriReference(ReadOnlySpan<char> text)
    {
        // A colon in the first segment ends a scheme; there is no other way to read it.
        int end = text.IndexOfAny(":/?#");
        return end >= 0 && text[end] == ':' ? IsUri(text) : IsRest(text);
    }

    private static bool IsScheme(ReadOnlySpan<char> text) => char.IsAsciiLetter(text[0]) && !text.ContainsAnyExcept(SchemeCharacters);

    /// <summary>Whether this is what may follow a scheme: authority and path, query and fragment.</summary>
    private static bool IsRest(ReadOnlySpan<char> text)
    {
        int fragment = text.IndexOf('#');
        if (fragment >= 0)
        {
            if (!IsOf(text[(fragment + 1)..], QueryCharacters))
            {
                return false;
            }

            text = text[..fragment];
        }

        int query = text.IndexOf('?');
        if (query >= 0)
        {
            if (!IsOf(text[(query + 1)..], QueryCharacters))
            {
                return false;
            }

            text = text[..query];
        }

        if (text.StartsWith("//", StringComparison.Ordinal))
        {
            text = text[2..];
            int path = text.IndexOf('/');
            if (!IsAuthority(path < 0 ? text : text[..path]))
            {
                return false;
            }

            text = path < 0 ? [] : text[path..];
        }

        return IsOf(text, PathCharacters);
    }

    private static bool IsAuthority(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf('@');
        if (at >= 0)
        {
            if (!IsOf(text[..at], UserCharacters))
            {
                return false;
            }

            text = text[(at + 1)..];
        }

        int end = text is ['[', ..] ? text.IndexOf(']') + 1 : text.IndexOf(':') is >= 0 and int colon ? colon : text.Length;
        ReadOnlySpan<char> port = text[end..];
        return (port.IsEmpty || (port[0] == ':' && Digits.AreAll(port[1..])))
            && (text is ['[', ..] ? end > 1 && IsLiteral(text[1..(end - 1)]) : IsOf(text[..end], NameCharacters));
    }

    /// <summary>An address in square brackets: of IPv6, or of a version to come.</summary>
    private static bool IsLiteral(ReadOnlySpan<char> text)
    {
        if (text is not ['v' or 'V', .. ReadOnlySpan<char> future])
        {
            return IpFormats.IsIpv6(text);
        }

        int dot = future.IndexOf('.');
        return dot > 0 && Digits.AreHexadecimal(future[..dot]) && dot + 1 < future.Length
            && !future[(dot + 1)..].ContainsAnyExcept(UserCharacters) && !future.Contains('%');
    }

    /// <summary>Whether a part has no other characters, and every percent sign its two digits.</summary>
    private static bool IsOf(ReadOnlySpan<char> text, SearchValues<char> characters)
    {
        if (text.ContainsAnyExcept(characters))
        {
            return false;
        }

        for (int percent = text.IndexOf('%'); percent >= 0; percent = text.IndexOf('%'))
        {
            if (percent + 2 >= text.Length || !Digits.AreHexadecimal(text.Slice(percent + 1, 2)))
            {
                return false;
            }

            text = text[(percent + 3)..];
        }

        return true;
    }
}
