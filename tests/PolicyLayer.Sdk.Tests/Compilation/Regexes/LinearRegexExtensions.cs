using PolicyLayer.Sdk.Compilation.Regexes;

namespace PolicyLayer.Sdk.Tests.Compilation.Regexes;

internal static class LinearRegexExtensions
{
    public static bool IsMatch(this LinearRegex regex, string text) => regex.Search(text) == RegexOutcome.Match;
}
