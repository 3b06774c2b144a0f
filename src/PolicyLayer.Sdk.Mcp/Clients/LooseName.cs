using System.Text;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>Names of the protocol, which are ASCII, as the loosest readers take them: in any case, with the long s for an <c>s</c> and the Kelvin sign for a <c>k</c>, as <c>encoding/json</c> of Go does.</summary>
internal static class LooseName
{
    /// <summary>Whether a loose reader could take a text for a name of the protocol.</summary>
    public static bool Equals(string text, string name) =>
        text.Replace('\u017F', 's').Replace('\u212A', 'k').Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same of a name as it is written in JSON; null where only the text that it stands for can tell.</summary>
    public static bool? TryEquals(ReadOnlySpan<byte> written, string name) =>
        written.Contains((byte)'\\') || !Ascii.IsValid(written) ? null : Ascii.EqualsIgnoreCase(written, name);
}
