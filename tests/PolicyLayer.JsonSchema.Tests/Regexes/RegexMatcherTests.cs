using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Tests.Regexes;

/// <summary>Whether there is room for states changes how long a search takes, and nothing else.</summary>
public sealed class RegexMatcherTests
{
    private static readonly string[] Growing = ["(a|b)*a(a|b){9}c", @"(.*a.{20}b\b)|(.*b.{30}c$)", "(?m)^(a|ab){3,40}$", ".{0,40}.{0,40}c"];

    private static readonly string[] Words =
        [@"\b(eval|exec|import)\b", @"(?i)\bexec\b", @"\brm\s+-rf\b", @"(?i)\bdrop\s+table\b", @"(?i)insert|ask", @"\B(eval|exec)\B", @"(?m)eval$", @"\b[0-9]{2}-[0-9]", @"(?i)(exec|é)\b", "😀eval|éexec"];

    /// <summary>Each letter a few times or some hundreds, so that states are led back to themselves.</summary>
    private static readonly Gen<string> LongTexts = Gen.Elements(RegexModel.Alphabet)
        .SelectMany(static letter => Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(1, 300)).Select(times => string.Concat(Enumerable.Repeat(letter, times))))
        .ListOf()
        .Select(static runs => string.Concat(runs.Take(20)));

    [Fact]
    public void States_or_positions_or_both_find_what_the_definition_finds() =>
        Prop.ForAll(RegexModel.Trees(6).ToArbitrary(), RegexModel.Texts.ToArbitrary(), static (model, text) =>
        {
            Assert.True(LinearRegex.TryCompile(model.Pattern, CaseFolding.None, out RegexProgram? program, out string? error), error);
            RegexOutcome expected = model.IsMatch(text) ? RegexOutcome.Match : RegexOutcome.NoMatch;
            return Array.TrueForAll(Matchers(program), matcher => matcher.Search(text) == expected && matcher.Search(text) == expected).Label(model.Pattern);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Long_texts_are_judged_alike_with_and_without_states()
    {
        foreach (string pattern in Growing)
        {
            Assert.True(LinearRegex.TryCompile(pattern, CaseFolding.None, out RegexProgram? program, out string? error), error);
            RegexMatcher[] matchers = Matchers(program);
            for (int length = 0; length < 60; length++)
            {
                string text = RandomNumberGenerator.GetString("aaabbb-c\n", length * 5);
                Assert.Single(matchers.Select(matcher => matcher.Search(text)).Distinct());
            }
        }
    }

    [Fact]
    public void Runs_of_characters_that_change_nothing_are_passed_over_and_nothing_is_missed() =>
        Prop.ForAll(RegexModel.Trees(6).ToArbitrary(), LongTexts.ListOf(6).ToArbitrary(), static (model, texts) =>
        {
            Assert.True(LinearRegex.TryCompile(model.Pattern, CaseFolding.None, out RegexProgram? program, out string? error), error);
            var positions = new RegexMatcher(program, room: 0, patience: int.MaxValue);
            return Array.TrueForAll(Matchers(program), matcher => texts.TrueForAll(text => matcher.Search(text) == positions.Search(text))).Label(model.Pattern);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("(?i)drop[ ]+table|delete[ ]+from", "select a from b where c = 'd' or ")]
    [InlineData(@"\bexec\b", "execute executes exec_ _exec ")]
    [InlineData("(?m)^from .* import", "import os\nfrom x\n  from y import z ")]
    [InlineData("é|K", "aaaaaaaaaaaaaaaaaa\u212Ak")]
    public void What_stands_behind_much_else_is_found(string pattern, string filler)
    {
        Assert.True(LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error), error);
        string filled = string.Concat(Enumerable.Repeat(filler, 100));
        foreach (string text in new[] { "DROP  table", "exec", "\nfrom x import y", "aKé" })
        {
            bool alone = regex.IsMatch(text);
            for (int spaces = 1; spaces < 20; spaces++)
            {
                Assert.Equal(alone, regex.IsMatch(filled + new string(' ', spaces) + text));
            }
        }
    }

    // What begins like a match, next to what hides it: in the middle of words, at the ends of windows, beside characters beyond ASCII.
    [Fact]
    public void Nothing_that_begins_like_a_match_is_passed_over()
    {
        foreach (string pattern in Words)
        {
            Assert.True(LinearRegex.TryCompile(pattern, CaseFolding.None, out RegexProgram? program, out string? error), error);
            Assert.NotNull(RegexOpenings.Of(program));
            RegexMatcher[] matchers = Matchers(program);
            var positions = new RegexMatcher(program, room: 0, patience: int.MaxValue);
            for (int gap = 0; gap < 200; gap++)
            {
                foreach (string near in new[] { "eval", "EXEC", "execs", "_eval", "rm -rf", "drop  table", "inſert into", "aſk", "éexec", "12-34", "😀eval" })
                {
                    string text = new string('.', 400) + near + new string(' ', gap) + near[..^1] + new string('x', gap) + near + new string('é', gap % 3) + near;
                    foreach (string cut in new[] { text, text[..^1], text[..^near.Length] })
                    {
                        Assert.All(matchers, matcher => Assert.Equal(positions.Search(cut), matcher.Search(cut)));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(@"\b(eval|exec|import)\b", true)]
    [InlineData(@"(?i)\bdrop\s+table\b", true)]
    [InlineData(@"\b[0-9]{3}-[0-9]{2}\b", true)]
    [InlineData(@"(?i)(k|s)ey", true)]
    [InlineData("é|K", true)]
    [InlineData("[a-z]+@", false)]
    [InlineData(@"(eval)?\b", false)]
    [InlineData(".*eval", false)]
    public void What_every_match_begins_with_is_known(string pattern, bool isKnown)
    {
        Assert.True(LinearRegex.TryCompile(pattern, CaseFolding.None, out RegexProgram? program, out string? error), error);
        Assert.Equal(isKnown, RegexOpenings.Of(program) is not null);
    }

    [Fact]
    public void Searches_at_the_same_time_do_not_disturb_each_other()
    {
        foreach (string pattern in Growing)
        {
            Assert.True(LinearRegex.TryCompile(pattern, CaseFolding.None, out RegexProgram? program, out string? error), error);
            string[] texts = [.. Enumerable.Range(0, 64).Select(static i => RandomNumberGenerator.GetString("aaabbb-c\n", i * 8))];
            RegexOutcome[] expected = [.. texts.Select(text => new RegexMatcher(program).Search(text))];
            foreach (RegexMatcher matcher in Matchers(program))
            {
                Parallel.For(0, 2_000, i => Assert.Equal(expected[i % 64], matcher.Search(texts[i % 64])));
            }
        }
    }

    [Theory]
    [InlineData("^[a-z ]+$")]
    [InlineData("(a|b)*a(a|b){3}c")]
    [InlineData(@"\bé😀\b")]
    public void A_search_allocates_nothing_once_its_states_are_known(string pattern)
    {
        Assert.True(LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error), error);
        Assert.Equal(0, Allocated(regex.Search));
    }

    [Fact]
    public void A_search_without_room_for_states_allocates_nothing()
    {
        Assert.True(LinearRegex.TryCompile("(a|b)*a(a|b){9}c", CaseFolding.None, out RegexProgram? program, out string? error), error);
        Assert.Equal(0, Allocated(new RegexMatcher(program, room: 0, patience: int.MaxValue).Search));
    }

    private static long Allocated(SpanSearch search)
    {
        string text = string.Concat(Enumerable.Repeat("ab é😀 c", 20));
        search(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            search(text);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static RegexMatcher[] Matchers(RegexProgram program) =>
    [
        new(program),
        new(program, room: 0, patience: int.MaxValue),
        new(program, room: 150, patience: 3),
        new(program, room: 1000, patience: 1),
    ];

    private delegate RegexOutcome SpanSearch(ReadOnlySpan<char> text);
}
