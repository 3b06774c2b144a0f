using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PolicyLayer.Sdk.Auditing;

/// <summary>The hash that ends a line of an audit trail. It covers the hash of the line before, so no line can be changed, taken out, put in or moved without the next one showing it.</summary>
internal static class AuditHash
{
    /// <summary>How many bytes a key has at least.</summary>
    public const int ShortestKey = 32;

    private const string Plain = "sha256:";
    private const string Keyed = "hmac-sha256:";

    /// <summary>The hash of a line.</summary>
    /// <param name="key">Makes it one that nobody else can; empty for none.</param>
    /// <param name="previous">The hash of the line before; null at the beginning.</param>
    /// <param name="line">The line; a hash that it has already is left out.</param>
    /// <remarks>Of the previous hash, a line feed and the line. What is hashed therefore never begins like an object, and no hash of arguments can pass for that of a line.</remarks>
    /// <exception cref="InvalidOperationException">A text in the line is of no encoding.</exception>
    public static string Of(ReadOnlySpan<byte> key, string? previous, JsonElement line) => OfText(key, Encoding.UTF8.GetBytes($"{previous}\n{CanonicalLine.Of(line)}"));

    /// <summary>The hash of what is hashed of a line.</summary>
    public static string OfText(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = key.IsEmpty ? SHA256.HashData(text, hash) : HMACSHA256.HashData(key, text, hash);
        return (key.IsEmpty ? Plain : Keyed) + Convert.ToHexStringLower(hash);
    }

    /// <summary>Whether a text is one that <see cref="Of"/> could have made.</summary>
    public static bool IsHash(string text)
    {
        string digits = text.StartsWith(Plain, StringComparison.Ordinal) ? text[Plain.Length..] : IsKeyed(text) ? text[Keyed.Length..] : string.Empty;
        return digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>Whether a key made a hash.</summary>
    public static bool IsKeyed(string hash) => hash.StartsWith(Keyed, StringComparison.Ordinal);
}
