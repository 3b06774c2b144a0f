using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Formats;

/// <summary><c>regex</c>: a pattern of ECMA-262, with look-around and back-references too, as long as one of a schema may be. The only format whose check allocates.</summary>
internal static class RegexFormat
{
    public static bool IsRegex(ReadOnlySpan<char> text) => text.Length <= LinearRegex.MaxLength && EcmaParser.IsPattern(text.ToString());
}
