using System.Text;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Policies;

/// <summary>Text of the host's as UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>A byte that stands nowhere in UTF-8.</summary>
    private const byte NoUtf8 = 0xFF;

    /// <summary>The text as UTF-8. Half of a surrogate pair becomes a byte that the reader refuses, where an encoder would put another character in its place.</summary>
    public static byte[] From(string text)
    {
        int broken = Surrogates.FirstLone(text);
        return broken < 0
            ? Encoding.UTF8.GetBytes(text)
            : [.. Encoding.UTF8.GetBytes(text[..broken]), NoUtf8, .. Encoding.UTF8.GetBytes(text[(broken + 1)..])];
    }
}
