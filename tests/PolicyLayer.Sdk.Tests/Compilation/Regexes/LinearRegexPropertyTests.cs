using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Compilation.Regexes;

namespace PolicyLayer.Sdk.Tests.Compilation.Regexes;

public sealed class LinearRegexPropertyTests
{
    [Fact]
    public void IsMatch_agrees_with_the_definition() =>
        Prop.ForAll(RegexModel.Trees(6).ToArbitrary(), RegexModel.Texts.ToArbitrary(), static (model, text) =>
        {
            Assert.True(LinearRegex.TryCreate(model.Pattern, ignoreCase: false, out LinearRegex? regex, out string? error), error);
            return (regex.IsMatch(text) == model.IsMatch(text)).Label(model.Pattern);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void TryCreate_never_throws_and_never_passes_what_it_does_not_know()
    {
        string[] parts = ["a", "\\", "[", "]", "(", ")", "(?", "<", ">", "P", "{", "}", "1", "9,", "*", "+", "?", "|", "^", "$", ".", "-", ":", "[:", "alpha:]", "i", "s", "x", "d", "W", "b", "=", "!", "#", "😀", "é", "\n", "\0", "k"];
        Prop.ForAll(Gen.Elements(parts).ListOf().Select(static some => string.Concat(some)).ToArbitrary(), static pattern =>
        {
            bool created = LinearRegex.TryCreate(pattern, ignoreCase: false, out LinearRegex? regex, out string? error);
            return created ? regex is not null && error is null : error is { Length: > 0 };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    // With an engine that backtracks, none of these would end.
    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("(a*)*c")]
    [InlineData("(.*)*c")]
    [InlineData("^(([a-z])+.)+[A-Z]([a-z])+$")]
    [InlineData("(a|b)*a(a|b){12}c")]
    [InlineData("(?i)(k|s)*\\d$")]
    public void Long_texts_complete(string pattern)
    {
        Assert.True(LinearRegex.TryCreate(pattern, ignoreCase: false, out LinearRegex? regex, out string? error), error);
        Assert.False(regex.IsMatch(string.Concat(Enumerable.Repeat("ab", 50_000)) + "!"));
    }

    [Theory]
    [InlineData("a{1000}")]
    [InlineData("(a{30}){30}")]
    [InlineData("[^a]{1000}")]
    public void Large_repetitions_that_are_accepted_complete(string pattern)
    {
        Assert.True(LinearRegex.TryCreate(pattern, ignoreCase: false, out LinearRegex? regex, out string? error), error);
        Assert.False(regex.IsMatch(string.Concat(Enumerable.Repeat("aaaaaaaab", 5_000))));
    }
}
