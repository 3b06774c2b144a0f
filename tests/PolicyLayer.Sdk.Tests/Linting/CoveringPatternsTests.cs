using System.Globalization;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Linting;

namespace PolicyLayer.Sdk.Tests.Linting;

/// <summary>Wide patterns are found however many there are.</summary>
public sealed class CoveringPatternsTests
{
    private static readonly Random Seed = new(3);

    [Theory]
    [InlineData("t{0}_*", "t4999_read")]
    [InlineData("*_t{0}", "read_t4999")]
    [InlineData("*t{0}x*", "a_t4999x_b")]
    [InlineData("t{0}_*", "t4999_read_*")]
    public void Covering_finds_the_last_of_many_globs(string glob, string name)
    {
        CoveringPatterns patterns = Many(glob, 5000);
        Assert.Equal(string.Format(CultureInfo.InvariantCulture, glob, 4999), patterns.Covering(new ToolPattern(name)));
        Assert.False(patterns.IsSpent);
    }

    [Fact]
    public void Covering_finds_what_a_comparison_with_each_finds()
    {
        for (int i = 0; i < 2000; i++)
        {
            string[] globs = [.. Enumerable.Range(0, 4).Select(static _ => Text("ab*?"))];
            string name = Text("ab");
            string? found = new CoveringPatterns(globs).Covering(new ToolPattern(name));
            Assert.Equal(globs.Any(glob => new ToolPattern(glob).Matches(name)), found is not null);
            Assert.True(found is null || new ToolPattern(found).Matches(name));
        }
    }

    [Fact]
    public void Covering_of_a_pattern_covers_all_that_it_matches()
    {
        for (int i = 0; i < 2000; i++)
        {
            string inner = Text("ab*?");
            if (new CoveringPatterns([Text("ab*?"), Text("ab*?")]).Covering(new ToolPattern(inner)) is { } outer)
            {
                Assert.DoesNotContain(Enumerable.Range(0, 50).Select(static _ => Text("ab")), name => new ToolPattern(inner).Matches(name) && !new ToolPattern(outer).Matches(name));
            }
        }
    }

    [Fact]
    public void Many_globs_that_must_be_compared_one_by_one_are_spent()
    {
        CoveringPatterns patterns = Many("*t{0}*", 10_000);
        for (int i = 0; i < 10_000; i++)
        {
            patterns.Covering(new ToolPattern("abcdefghijkl"));
        }

        Assert.True(patterns.IsSpent);
    }

    private static CoveringPatterns Many(string glob, int count) => new(Enumerable.Range(0, count).Select(i => string.Format(CultureInfo.InvariantCulture, glob, i)));

    private static string Text(string of) => string.Concat(Enumerable.Range(0, Seed.Next(1, 6)).Select(_ => of[Seed.Next(of.Length)]));
}
