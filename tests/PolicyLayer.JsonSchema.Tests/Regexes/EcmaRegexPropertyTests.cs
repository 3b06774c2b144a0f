using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Tests.Regexes;

public sealed class EcmaRegexPropertyTests
{
    private static readonly string[] Parts =
    [
        "a", "b", "\\", "[", "]", "(", ")", "(?", "(?<", "<", ">", "{", "}", "1", "9,", "*", "+", "?", "|", "^", "$", ".", "-", ":", "=", "!", "\\p{", "\\u", "D83D", "\\uDE00",
        "L", "gc=", "k<", "\\k", "\\1", "x", "c", "d", "W", "s", "\\b", "B", "0", "😀", "é", "\n", "\0", "\uD83D",
    ];

    [Fact]
    public void Search_agrees_with_the_definition() =>
        Prop.ForAll(RegexModel.EcmaTrees(6).ToArbitrary(), RegexModel.EcmaTexts.ToArbitrary(), static (model, text) =>
        {
            Assert.True(LinearRegex.TryCreateEcma(model.Pattern, out LinearRegex? regex, out string? error), error);
            return (regex.IsMatch(text) == model.IsMatch(text)).Label(model.Pattern);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Reading_any_text_never_throws_and_never_passes_what_it_does_not_know() =>
        Prop.ForAll(Gen.Elements(Parts).ListOf().Select(static some => string.Concat(some)).ToArbitrary(), static pattern =>
        {
            bool created = LinearRegex.TryCreateEcma(pattern, out LinearRegex? regex, out string? error);
            return (created ? regex is not null && error is null && EcmaParser.IsPattern(pattern) : error is { Length: > 0 }).Label(pattern);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Every_pattern_means_the_same_to_both_parsers_where_the_dialects_agree() =>
        Prop.ForAll(Gen.Elements("a", "b", "[ab]", "[^a]", "(", ")", "(?:", "|", "*", "+?", "{1,2}", "\\d", "\\.", "5", "-", "$").ListOf().Select(static some => string.Concat(some)).ToArbitrary(), RegexModel.Texts.ToArbitrary(), static (pattern, text) =>
        {
            // RE2 lets `$*` pass, ECMA-262 does not; all else that one of them reads, both read.
            bool isRe2 = LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? re2, out _);
            return !LinearRegex.TryCreateEcma(pattern, out LinearRegex? ecma, out _) || (isRe2 && re2!.IsMatch(text) == ecma.IsMatch(text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("(a*)*c")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(a|b)*a(a|b){12}c")]
    [InlineData(@"^([\w-.]+\.)+$")]
    public void Long_texts_complete(string pattern)
    {
        Assert.True(LinearRegex.TryCreateEcma(pattern, out LinearRegex? regex, out string? error), error);
        Assert.False(regex.IsMatch(string.Concat(Enumerable.Repeat("ab", 50_000)) + "!"));
    }

    // What costs most to read, above all where an instance brings the pattern.
    [Theory]
    [InlineData(@"\p{L}", 800, "", "")]
    [InlineData(@"\P{L}|", 680, "", "a")]
    [InlineData(@"\p{L}", 800, "[", "]")]
    [InlineData("a{1000}", 580, "", "")]
    [InlineData("(){1000}", 510, "", "")]
    [InlineData("|", 4000, "", "")]
    [InlineData("(?:a?){2}", 450, "", "")]
    [InlineData(@"(a)\1", 800, "", "")]
    [InlineData("(?=a)", 800, "", "")]
    public void Patterns_that_cost_much_to_read_are_read_all_the_same(string part, int times, string before, string after)
    {
        string pattern = before + string.Concat(Enumerable.Repeat(part, times)) + after;
        bool created = LinearRegex.TryCreateEcma(pattern, out LinearRegex? regex, out string? error);
        Assert.Equal(created, regex is not null);
        Assert.NotEqual(created, error is not null);
        Assert.All(Enumerable.Range(0, 500), _ => Assert.True(EcmaParser.IsPattern(pattern)));
    }
}
