using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Tests.Regexes;

/// <summary>What is refused when a schema is compiled, what the error says, and whether it is a pattern of ECMA-262 all the same.</summary>
public sealed class EcmaRegexErrorTests
{
    [Theory]
    [InlineData("(?=a)", "`(?=` is look-around, which no linear-time engine has; a second pattern under `allOf` or `not`")]
    [InlineData("(?!a)b", "`(?!` is look-around")]
    [InlineData("(?<=a)", "`(?<=` is look-around")]
    [InlineData("(?<!a)", "`(?<!` is look-around")]
    [InlineData("(?=a)*", "look-around")]
    [InlineData(@"(a)\1", @"`\1` is a back-reference, which no linear-time engine has; write out what it may repeat")]
    [InlineData(@"\1(a)", "back-reference")]
    [InlineData(@"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", @"`\10` is a back-reference")]
    [InlineData(@"(?<n>a)\k<n>", @"`\k<n>` is a back-reference")]
    [InlineData("(?i:a)", "`(?i:` is not supported")]
    [InlineData("(?i-s:a)", "`(?i-s:` is not supported")]
    [InlineData("(?-i:a)", "`(?-i:` is not supported")]
    [InlineData("a{1001}", "up to 1000")]
    [InlineData("a{99999999999999}", "up to 1000")]
    [InlineData("(a{1000}){6}", "too large")]
    [InlineData("(((a{1000}){1000}){1000}){1000}", "too large")]
    public void What_cannot_be_searched_in_linear_time_is_refused(string pattern, string fragment)
    {
        AssertRefused(pattern, fragment);
        Assert.True(EcmaParser.IsPattern(pattern));
    }

    [Theory]
    [InlineData("(a", "a `(` is not closed")]
    [InlineData("a)", "a `)` closes nothing")]
    [InlineData("(?=a", "a `(` is not closed")]
    [InlineData("[a", "a `[` is not closed")]
    [InlineData("[a-", "a `[` is not closed")]
    [InlineData("^(abc]", "a `(` is not closed")]
    [InlineData("[z-a]", "ends before it begins")]
    [InlineData("*a", "nothing stands before a `*`")]
    [InlineData("a|+", "nothing stands before a `+`")]
    [InlineData("(?)", "must be followed by `:`")]
    [InlineData("(?i)a", "must be followed by `:`")]
    [InlineData("(?x:a)", "must be followed by `:`")]
    [InlineData("(?-:a)", "must be followed by `:`")]
    [InlineData("(?ii:a)", "must be followed by `:`")]
    [InlineData("(?P<n>a)", "`(?<name>…)`")]
    [InlineData("(?>a)", "must be followed by `:`")]
    [InlineData("(?#a)", "must be followed by `:`")]
    [InlineData("{2}", "nothing stands before a repetition")]
    [InlineData("a{,2}", "as in `{0,5}`")]
    [InlineData("a{2,1}", "the smaller number first")]
    [InlineData("a**", "repeated")]
    [InlineData("a++", "repeated")]
    [InlineData("a{2}{3}", "repeated")]
    [InlineData("a*??", "repeated")]
    [InlineData("^*", "`^` takes no character")]
    [InlineData("$+", "`$` takes no character")]
    [InlineData(@"\b?", @"`\b` takes no character")]
    [InlineData(@"\B{2}", @"`\B` takes no character")]
    [InlineData(@"^\S(|(.|\n)*\S)\Z", @"`\Z` is not an escape of ECMA-262; the end of the text is `$`")]
    [InlineData(@"a\z", "the end of the text is `$`")]
    [InlineData(@"\Aa", "the beginning of the text is `^`")]
    [InlineData(@"\a", @"`\a` is not an escape of ECMA-262")]
    [InlineData(@"\e", @"`\e`")]
    [InlineData(@"\h", @"`\h`")]
    [InlineData(@"\Qa\E", @"`\Q`")]
    [InlineData(@"\é", @"`\é`")]
    [InlineData(@"\😀", @"`\😀`")]
    [InlineData("\\\n", "`\\\\u000A` is not an escape")]
    [InlineData("\\", "nothing to escape")]
    [InlineData("[\\", "nothing to escape")]
    [InlineData(@"\c", "followed by a letter")]
    [InlineData(@"\c1", "followed by a letter")]
    [InlineData(@"\x4", "two hexadecimal digits")]
    [InlineData(@"\x{41}", "two hexadecimal digits")]
    [InlineData(@"\u41", "four hexadecimal digits")]
    [InlineData(@"\u 041", "four hexadecimal digits")]
    [InlineData(@"\u{}", "four hexadecimal digits")]
    [InlineData(@"\u{110000}", "four hexadecimal digits")]
    [InlineData(@"\u{FFFFFFFF}", "four hexadecimal digits")]
    [InlineData(@"\u{1F600", "four hexadecimal digits")]
    [InlineData(@"\00", "must not be followed by a digit")]
    [InlineData(@"[\1]", "is not a character")]
    [InlineData(@"[\B]", "is not a character")]
    [InlineData(@"(a)\2", "a group that is not there")]
    [InlineData(@"\1", "a group that is not there")]
    [InlineData(@"(a)\99999999999", "a group that is not there")]
    [InlineData(@"\k<n>", "a group that is not there")]
    [InlineData(@"\k", "the name of a group")]
    [InlineData(@"\k<", "the name of a group")]
    [InlineData("(?<n>a)(?<n>b)", "two groups have the name `n`")]
    [InlineData("(?<1>a)", "the name of a group")]
    [InlineData("(?<>a)", "the name of a group")]
    [InlineData("(?<n-m>a)", "the name of a group")]
    [InlineData("(?<n", "the name of a group")]
    [InlineData(@"\p", "a name in braces")]
    [InlineData(@"\pL", "a name in braces")]
    [InlineData(@"\p{Lu", "a name in braces")]
    [InlineData(@"\p{}", @"`\p{}` is not known")]
    [InlineData(@"\p{Greek}", "general categories are")]
    [InlineData(@"\p{Script=Greek}", @"`\p{Script=Greek}` is not known: general categories are, such as `\p{L}` or `\p{Uppercase_Letter}`, no scripts")]
    [InlineData(@"[\p{Alphabetic}]", "general categories are")]
    [InlineData(@"\p{^L}", "general categories are")]
    [InlineData(@"\p{lu}", "general categories are")]
    [InlineData(@"\P{IsGreek}", "general categories are")]
    public void What_is_no_pattern_is_refused(string pattern, string fragment)
    {
        AssertRefused(pattern, fragment);
        Assert.False(EcmaParser.IsPattern(pattern));
    }

    [Fact]
    public void Length_and_depth_are_bounded()
    {
        Assert.True(LinearRegex.TryCreateEcma(new string('a', 4096), out _, out _));
        AssertRefused(new string('a', 4097), "4096");
        Assert.True(LinearRegex.TryCreateEcma(new string('(', 100) + new string(')', 100), out _, out _));
        AssertRefused(new string('(', 2048) + new string(')', 2048), "inside each other");
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_pattern_is_refused()
    {
        AssertRefused("a\uD83D", "surrogate");
        AssertRefused("[\uDE00]", "surrogate");
        AssertRefused("\\\uDE00", "surrogate");
    }

    private static void AssertRefused(string pattern, string fragment)
    {
        Assert.False(LinearRegex.TryCreateEcma(pattern, out LinearRegex? regex, out string? error));
        Assert.Null(regex);
        Assert.Contains(fragment, error, StringComparison.Ordinal);
    }
}
