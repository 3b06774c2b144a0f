using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Tests.Regexes;

internal static class LinearRegexExtensions
{
    public static bool IsMatch(this LinearRegex regex, string text) => regex.Search(text) == RegexOutcome.Match;
}
