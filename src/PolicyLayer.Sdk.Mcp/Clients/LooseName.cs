using System.Text;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>Names of the protocol, which are ASCII, as the loosest readers take them: in any case, with the long s for an <c>s</c> and the Kelvin sign for a <c>k</c>, as <c>encoding/json</c> of Go does.</summary>
internal static class LooseName
{
    /// <summary>Whether a loose reader could take a text for a name of the protocol.</summary>
    public static bool Equals(string text, string name) =>
        text.Replace('\u017F', 's').Replace('\u212A', 'k').Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same of a name as it is written in JSON; null where only the text that it stands for can tell.</summary>
    /// <remarks>None is what has a surrogate, or half of a pair: to ask the parser for such a text throws, and a message has room for a million of them.</remarks>
    public static bool? TryEquals(ReadOnlySpan<byte> written, string name) =>
        written.Contains((byte)'\\') ? (HasEscapedSurrogate(written) ? false : null)
        : Ascii.IsValid(written) ? Ascii.EqualsIgnoreCase(written, name)
        : null;

    private static bool HasEscapedSurrogate(ReadOnlySpan<byte> written)
    {
        for (int escape = written.IndexOf((byte)'\\'); escape >= 0; escape = written.IndexOf((byte)'\\'))
        {
            written = written[escape..];
            if (written is [_, (byte)'u', (byte)'d' or (byte)'D', (>= (byte)'8' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f') or (>= (byte)'A' and <= (byte)'F'), ..])
            {
                return true;
            }

            written = written[2..];
        }

        return false;
    }
}
