using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Tests.Regexes;

internal static class LinearRegexExtensions
{
    public static bool IsMatch(this LinearRegex regex, string text) => regex.Search(text) == RegexOutcome.Match;

    public static void AssertEcmaMatches(string pattern, string text, bool matches)
    {
        Assert.True(LinearRegex.TryCreateEcma(pattern, out LinearRegex? regex, out string? error), error);
        Assert.Equal(matches, regex.IsMatch(text));
    }
}
