using System.Text;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Policies;

/// <summary>A policy given as text of the host's.</summary>
internal static class PolicyText
{
    /// <summary>A byte that stands nowhere in UTF-8.</summary>
    private const byte NoUtf8 = 0xFF;

    /// <summary>The text as UTF-8. Half of a surrogate pair becomes a byte that the reader refuses, where an encoder would put another character in its place.</summary>
    public static byte[] ToUtf8(string text)
    {
        int broken = Surrogates.FirstLone(text);
        return broken < 0
            ? Encoding.UTF8.GetBytes(text)
            : [.. Encoding.UTF8.GetBytes(text[..broken]), NoUtf8, .. Encoding.UTF8.GetBytes(text[(broken + 1)..])];
    }
}
