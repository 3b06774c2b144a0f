using System.Globalization;
using System.Net;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>Finds the one host that a text can mean: of a URL (http, https, ws, wss), or a bare host. Refuses whatever two programs could read in two ways.</summary>
internal static class HostReader
{
    private const int LongestHost = 253;
    private const int LongestLabel = 63;

    private static readonly string[] Schemes = ["http", "https", "ws", "wss"];

    /// <summary>Reads the host: lower case, in ASCII, without brackets and without a dot at the end.</summary>
    /// <param name="text">A URL or a host.</param>
    /// <param name="host">The host, or null. An address is written in its one canonical way.</param>
    /// <param name="address">The host as an address, or null when it is a name.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out string? host, out IPAddress? address)
    {
        host = null;
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
            return TryReadHost(text, ref host, ref address);
        }

        if (!IsScheme(text[..scheme]))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[(scheme + 3)..];
        int end = rest.IndexOfAny("/?#");
        ReadOnlySpan<char> authority = end < 0 ? rest : rest[..end];
        return TryCutPort(ref authority) && TryReadHost(authority, ref host, ref address);
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

    private static bool TryReadHost(ReadOnlySpan<char> text, ref string? host, ref IPAddress? address)
    {
        if (text is ['[', .. var inner, ']'])
        {
            return TryReadAddress(inner, isVersion6: true, ref host, ref address);
        }

        if (text.Contains(':'))
        {
            // A bare IPv6 address; a name with a port would need its scheme.
            return TryReadAddress(text, isVersion6: true, ref host, ref address);
        }

        ReadOnlySpan<char> name = text is [.., '.'] ? text[..^1] : text;
        if (EndsInNumber(name))
        {
            return TryReadAddress(name, isVersion6: false, ref host, ref address);
        }

        host = ToAscii(name);
        return host is not null;
    }

    /// <summary>Whether browsers would take it for an IPv4 address, perhaps an oddly written one.</summary>
    private static bool EndsInNumber(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> last = name[(name.LastIndexOf('.') + 1)..];
        return !last.IsEmpty && char.IsAsciiDigit(last[0]) && (last.IndexOfAnyExceptInRange('0', '9') < 0 || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase));
    }

    private static bool TryReadAddress(ReadOnlySpan<char> text, bool isVersion6, ref string? host, ref IPAddress? address)
    {
        if (text.IndexOfAny("%/") >= 0 || !IPAddress.TryParse(text, out IPAddress? parsed))
        {
            return false;
        }

        if (!isVersion6 && !text.SequenceEqual(parsed.ToString()))
        {
            return false;
        }

        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        host = address.ToString();
        return true;
    }

    private static string? ToAscii(ReadOnlySpan<char> name)
    {
        string lower = name.ToString().ToLowerInvariant();
        if (!System.Text.Ascii.IsValid(lower))
        {
            try
            {
                var mapping = new IdnMapping { UseStd3AsciiRules = true };
                string ascii = mapping.GetAscii(lower);

                // Only what is in its normal form already: other forms are read differently by different programs.
                lower = mapping.GetUnicode(ascii) == lower ? ascii : string.Empty;
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        return lower.Length <= LongestHost && lower.Split('.').All(IsLabel) ? lower : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
