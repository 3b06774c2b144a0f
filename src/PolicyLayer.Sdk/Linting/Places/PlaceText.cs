using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PolicyLayer.Sdk.Compilation.Operators;

namespace PolicyLayer.Sdk.Linting.Places;

/// <summary>What a text of a policy has of a URL, a host or a folder.</summary>
internal static class PlaceText
{
    /// <summary>Last parts of names that are files rather than hosts.</summary>
    private static readonly string[] Extensions = ["json", "md", "txt", "js", "ts", "py", "sh", "rs", "cs", "go", "csv", "html", "htm", "xml", "yaml", "yml", "toml", "pdf", "log", "zip", "gz", "png", "jpg", "jpeg", "lock", "env", "conf", "cfg", "ini", "sql", "exe", "dll", "doc", "docx", "xls", "xlsx", "git"];

    /// <summary>Where the part with the host stands in a URL that a browser would open; false for other texts.</summary>
    /// <param name="text">Perhaps a URL, or a pattern of some; a scheme may have a <c>*</c>.</param>
    /// <param name="start">Where that part begins.</param>
    /// <param name="end">Where it ends: before a <c>/</c>, or at the end of the text.</param>
    public static bool TryFindAuthority(string text, out int start, out int end)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        start = scheme + 3;
        end = scheme < 0 ? -1 : text.IndexOf('/', start) is >= 0 and var slash ? slash : text.Length;
        return scheme >= 0 && text[..scheme].ToLowerInvariant() is "http" or "https" or "ws" or "wss" or "*";
    }

    /// <summary>Whether a text can hardly be anything but the name or the address of a host.</summary>
    public static bool IsHost(ReadOnlySpan<char> text)
    {
        if (text is "localhost" || IPAddress.TryParse(text, out _))
        {
            return true;
        }

        int dot = text.LastIndexOf('.');
        ReadOnlySpan<char> last = text[(dot + 1)..];
        return dot > 0 && last.Length > 1 && last.IndexOfAnyExceptInRange('a', 'z') < 0 && !Extensions.AsSpan().Contains(last.ToString())
            && HostReader.TryRead(text, stackalloc char[HostReader.LongestHost], out ReadOnlySpan<char> host, out _) && host.SequenceEqual(text);
    }

    /// <summary>Whether a URL or a host leads to the host that our examples come from.</summary>
    public static bool LeadsAway(string text)
    {
        // What no program takes for a host of two meanings is read as browsers do.
        string seen = text.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at && at < text.Length ? string.Concat("https://", text.AsSpan(at + 1)) : text;
        return HostReader.TryRead(seen, stackalloc char[HostReader.LongestHost], out ReadOnlySpan<char> host, out _) && (host.EndsWith(Detours.Elsewhere) || !seen.Contains(Detours.Elsewhere, StringComparison.Ordinal));
    }

    /// <summary>Another way to write a host, which leads to the same one.</summary>
    public static string OtherSpelling(string host) =>
        host == "localhost" ? "127.0.0.1"
        : IPAddress.TryParse(host, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork
            ? BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()).ToString(CultureInfo.InvariantCulture)
        : host.ToUpperInvariant();
}
