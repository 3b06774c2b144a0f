using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Tests.Compilation;

public sealed class ToolPatternTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("a", "ab", false)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("?", "😀", true)]
    [InlineData("??", "😀", false)]
    [InlineData("?*", "😀", true)]
    [InlineData("*😀", "a😀", true)]
    [InlineData("*?", "😀😀", true)]
    [InlineData("a*c?e", "abbcde", true)]
    [InlineData("a*c?e", "abbcdf", false)]
    [InlineData("*ab*ab", "abab", true)]
    [InlineData("*ab*ab", "aab", false)]
    [InlineData("list_*", "list_", true)]
    [InlineData("list_*", "xlist_", false)]
    [InlineData("**", "anything", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("[ab]", "a", false)]
    [InlineData("é", "e\u0301", false)]
    [InlineData("K", "\u212A", false)]
    public void Matches_whole_name(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new ToolPattern(pattern).Matches(name));

    [Fact]
    public void Matches_agrees_with_the_definition()
    {
        Gen<string> texts = Gen.Choose(0, 7).SelectMany(static length => Gen.Elements("a", "b", "😀", "😁").ListOf(length)).Select(static parts => string.Concat(parts));
        Gen<string> patterns = Gen.Choose(0, 7).SelectMany(static length => Gen.Elements("a", "b", "😀", "*", "*", "?").ListOf(length)).Select(static parts => string.Concat(parts));
        Prop.ForAll(patterns.ToArbitrary(), texts.ToArbitrary(), static (pattern, text) =>
            new ToolPattern(pattern).Matches(text) == Naive([.. pattern.EnumerateRunes()], [.. text.EnumerateRunes()]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));
    }

    [Fact]
    public void Matches_worst_patterns_complete()
    {
        string text = new('a', 20_000);
        Assert.False(new ToolPattern(string.Concat(Enumerable.Repeat("*a", 2_000)) + "*b").Matches(text));
        Assert.False(new ToolPattern(new string('*', 20_000) + "b").Matches(text));
        Assert.False(new ToolPattern(string.Concat(Enumerable.Repeat("*?", 2_000)) + "b").Matches(text));
        Assert.True(new ToolPattern(new string('?', 20_000)).Matches(text));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a*", false)]
    [InlineData("a?", false)]
    [InlineData("[a]", true)]
    public void IsExact_without_wildcards(string pattern, bool exact) => Assert.Equal(exact, new ToolPattern(pattern).IsExact);

    private static bool Naive(ReadOnlySpan<Rune> pattern, ReadOnlySpan<Rune> text)
    {
        if (pattern.IsEmpty)
        {
            return text.IsEmpty;
        }

        return pattern[0].Value switch
        {
            '*' => Naive(pattern[1..], text) || (!text.IsEmpty && Naive(pattern, text[1..])),
            '?' => !text.IsEmpty && Naive(pattern[1..], text[1..]),
            _ => !text.IsEmpty && pattern[0] == text[0] && Naive(pattern[1..], text[1..]),
        };
    }
}
