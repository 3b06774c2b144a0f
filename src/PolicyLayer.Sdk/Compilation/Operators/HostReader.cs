using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using PolicyLayer.Schemas.Formats;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>Finds the one host that a text can mean: of a URL (http, https, ws, wss), or a bare host. Refuses whatever two programs could read in two ways.</summary>
internal static class HostReader
{
    /// <summary>The most characters of a host (RFC 1035, section 2.3.4).</summary>
    public const int LongestHost = 253;

    private const int LongestLabel = 63;

    private static readonly SearchValues<char> OfLabels = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    private static readonly string[] Schemes = ["http", "https", "ws", "wss"];

    /// <summary>Reads the host: lower case, in ASCII, without brackets and without a dot at the end.</summary>
    /// <param name="text">A URL or a host.</param>
    /// <param name="buffer">Where the host is written; <see cref="LongestHost"/> characters.</param>
    /// <param name="host">The host. An address is written in its one canonical way.</param>
    /// <param name="address">The host as an address, or null when it is a name.</param>
    public static bool TryRead(ReadOnlySpan<char> text, Span<char> buffer, out ReadOnlySpan<char> host, out IPAddress? address)
    {
        host = default;
        address = null;
        foreach (char c in text)
        {
            if (c == '\\' || char.IsControl(c) || char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        int scheme = text.IndexOf("://");
        if (scheme < 0)
        {
            return TryReadHost(text, buffer, ref host, ref address);
        }

        if (!IsScheme(text[..scheme]))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[(scheme + 3)..];
        int end = rest.IndexOfAny("/?#");
        ReadOnlySpan<char> authority = end < 0 ? rest : rest[..end];
        return TryCutPort(ref authority) && TryReadHost(authority, buffer, ref host, ref address);
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (string scheme in Schemes)
        {
            if (text.Equals(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryCutPort(ref ReadOnlySpan<char> authority)
    {
        int colon = authority.LastIndexOf(':');
        if (colon < 0 || authority[colon..].Contains(']'))
        {
            return true;
        }

        bool isPort = ushort.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        authority = authority[..colon];
        return isPort;
    }

    private static bool TryReadHost(ReadOnlySpan<char> text, Span<char> buffer, ref ReadOnlySpan<char> host, ref IPAddress? address)
    {
        if (text is ['[', .. var inner, ']'])
        {
            return TryReadAddress(inner, isVersion6: true, buffer, ref host, ref address);
        }

        if (text.Contains(':'))
        {
            // A bare IPv6 address; a name with a port would need its scheme.
            return TryReadAddress(text, isVersion6: true, buffer, ref host, ref address);
        }

        ReadOnlySpan<char> name = text is [.., '.'] ? text[..^1] : text;
        if (EndsInNumber(name))
        {
            return TryReadAddress(name, isVersion6: false, buffer, ref host, ref address);
        }

        host = ToAscii(name, buffer);
        return !host.IsEmpty;
    }

    /// <summary>Whether browsers would take it for an IPv4 address, perhaps an oddly written one.</summary>
    private static bool EndsInNumber(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> last = name[(name.LastIndexOf('.') + 1)..];
        return !last.IsEmpty && char.IsAsciiDigit(last[0]) && (last.IndexOfAnyExceptInRange('0', '9') < 0 || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase));
    }

    private static bool TryReadAddress(ReadOnlySpan<char> text, bool isVersion6, Span<char> buffer, ref ReadOnlySpan<char> host, ref IPAddress? address)
    {
        // The parser of the runtime takes odd spellings too: octal and hexadecimal parts, parts left out, brackets in brackets, a port.
        if (!(isVersion6 ? IpFormats.IsIpv6(text) : IpFormats.IsIpv4(text)) || !IPAddress.TryParse(text, out IPAddress? parsed))
        {
            return false;
        }

        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        _ = address.TryFormat(buffer, out int length);
        host = buffer[..length];
        return true;
    }

    /// <summary>A name in lower case and ASCII; nothing when it is none.</summary>
    private static ReadOnlySpan<char> ToAscii(ReadOnlySpan<char> name, Span<char> buffer)
    {
        if (!Ascii.IsValid(name))
        {
            // Each of its characters takes one at least in ASCII, and two units here at most: longer names take the framework seconds, and are none.
            name = name.Length <= 2 * LongestHost ? ToPunycode(name) : string.Empty;
        }

        return name.Length <= LongestHost && AreLabels(name) && Ascii.ToLower(name, buffer, out int length) == OperationStatus.Done ? buffer[..length] : default;
    }

    private static string ToPunycode(ReadOnlySpan<char> name)
    {
        try
        {
            string lower = name.ToString().ToLowerInvariant();
            if (!lower.EnumerateRunes().All(IsOfNames))
            {
                return string.Empty;
            }

            var mapping = new IdnMapping { UseStd3AsciiRules = true };
            string ascii = mapping.GetAscii(lower);

            // Only what is in its normal form already: other forms are read differently by different programs.
            return mapping.GetUnicode(ascii) == lower ? ascii : string.Empty;
        }
        catch (ArgumentException)
        {
            return string.Empty;
        }
    }

    /// <summary>Whether names have the character (RFC 5892, section 2.1), and every program reads it as itself: IDNA of 2003 writes <c>ß</c> as <c>ss</c>, and <c>ς</c> as <c>σ</c>.</summary>
    /// <remarks>A runtime without ICU has no normal forms, so it would not see which characters others read as a slash, a dot or an <c>@</c>. None of those is a letter.</remarks>
    private static bool IsOfNames(Rune rune) => rune.IsAscii || (rune.Value is not ('ß' or 'ς') && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber);

    private static bool AreLabels(ReadOnlySpan<char> name)
    {
        foreach (Range label in name.Split('.'))
        {
            if (!IsLabel(name[label]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label) => label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && !label.ContainsAnyExcept(OfLabels);
}
