using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Tests.Regexes;

public sealed class LinearRegexPropertyTests
{
    [Fact]
    public void IsMatch_agrees_with_the_definition() =>
        Prop.ForAll(RegexModel.Trees(6).ToArbitrary(), RegexModel.Texts.ToArbitrary(), static (model, text) =>
        {
            Assert.True(LinearRegex.TryCreate(model.Pattern, CaseFolding.None, out LinearRegex? regex, out string? error), error);
            return (regex.IsMatch(text) == model.IsMatch(text)).Label(model.Pattern);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void TryCreate_never_throws_and_never_passes_what_it_does_not_know()
    {
        string[] parts = ["a", "\\", "[", "]", "(", ")", "(?", "<", ">", "P", "{", "}", "1", "9,", "*", "+", "?", "|", "^", "$", ".", "-", ":", "[:", "alpha:]", "i", "s", "x", "d", "W", "b", "=", "!", "#", "😀", "é", "\n", "\0", "k"];
        Prop.ForAll(Gen.Elements(parts).ListOf().Select(static some => string.Concat(some)).ToArbitrary(), static pattern =>
        {
            bool created = LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error);
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
        Assert.True(LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error), error);
        Assert.False(regex.IsMatch(string.Concat(Enumerable.Repeat("ab", 50_000)) + "!"));
    }

    [Theory]
    [InlineData("a{1000}")]
    [InlineData("(a{30}){30}")]
    [InlineData("[^a]{1000}")]
    public void Large_repetitions_that_are_accepted_complete(string pattern)
    {
        Assert.True(LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error), error);
        Assert.False(regex.IsMatch(string.Concat(Enumerable.Repeat("aaaaaaaab", 5_000))));
    }

    // A megabyte, and the patterns that cost most. What would cost too much is undecided, at once.
    [Theory]
    [InlineData("(.*a.{300}b)|(.*x.{300}c)", "NoMatch")]
    [InlineData("(a*)*b", "NoMatch")]
    [InlineData("((a|ax)*)*b", "NoMatch")]
    [InlineData(@"(?s)(.*a){20}\bx\b", "NoMatch")]
    [InlineData(".{0,1000}.{0,1000}b", "Undecided")]
    [InlineData("(.{0,30}.{0,30}){8}b", "Undecided")]
    [InlineData("(.{0,30}.{0,30}){4}b", "NoMatch")]
    [InlineData("b|a", "Match")]
    public void A_megabyte_completes(string pattern, string outcome)
    {
        Assert.True(LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error), error);
        Assert.Equal(outcome, regex.Search(RandomNumberGenerator.GetString("aaax\n", 1 << 20)).ToString());
        Assert.Equal(outcome, regex.Search(new string('a', 1 << 20)).ToString());
    }

    [Fact]
    public void What_is_undecided_depends_on_the_lengths_alone()
    {
        Assert.True(LinearRegex.TryCreate("a{999}", CaseFolding.None, out LinearRegex? regex, out string? error), error);
        Assert.Equal(RegexOutcome.Match, regex.Search(new string('a', 1_000_000)));
        Assert.Equal(RegexOutcome.NoMatch, regex.Search(new string('b', 1_000_000)));
        Assert.Equal(RegexOutcome.Undecided, regex.Search(new string('a', 1_000_001)));
    }

    // What costs most to read: sets of many ranges, and repetitions of repetitions.
    [Theory]
    [InlineData(@"\pL", 1360, "", "")]
    [InlineData(@"\pL", 1360, "[", "]")]
    [InlineData(@"\pL", 1360, "(?i)[", "]")]
    [InlineData(@"\PL", 1360, "(?i)", "")]
    [InlineData("(((", 30, "", "")]
    [InlineData("a{1000}", 580, "", "")]
    [InlineData("(){1000}", 510, "", "")]
    [InlineData("a|", 2000, "", "")]
    [InlineData("|", 4000, "", "")]
    [InlineData("(?:a?){2}", 450, "", "")]
    [InlineData("{1000}", 500, "(a)", "")]
    public void Patterns_that_cost_much_to_read_are_read_all_the_same(string part, int times, string before, string after)
    {
        string pattern = before + string.Concat(Enumerable.Repeat(part, times)) + after;
        bool created = LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error);
        Assert.Equal(created, regex is not null);
        Assert.NotEqual(created, error is not null);
    }

    [Fact]
    public void Many_different_sets_are_read_all_the_same()
    {
        string pattern = string.Concat(Enumerable.Range(0, 500).Select(static i => $@"[\pL{(char)('!' + (i % 10))}\x{{{0x2000 + i:X}}}]"))[..4080];
        pattern = pattern[..(pattern.LastIndexOf(']') + 1)];
        Assert.True(LinearRegex.TryCreate(pattern, CaseFolding.Ordinal, out LinearRegex? regex, out string? error), error);
        Assert.True(regex.IsMatch(new string('é', 4000)));
    }
}
