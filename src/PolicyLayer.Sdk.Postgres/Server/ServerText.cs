using System.Text;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>Texts that somebody may have made up. PostgreSQL keeps neither U+0000 nor half a surrogate pair.</summary>
internal static class ServerText
{
    /// <summary>The text with U+FFFD for what is not kept.</summary>
    public static string Of(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');

    /// <summary>Whether the server may hold it.</summary>
    public static bool IsWhole(string text) => string.Equals(Of(text), text, StringComparison.Ordinal);
}
