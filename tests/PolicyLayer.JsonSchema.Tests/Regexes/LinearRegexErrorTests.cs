using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Tests.Regexes;

/// <summary>What is refused when a policy is loaded, and the part that the error names.</summary>
public sealed class LinearRegexErrorTests
{
    [Theory]
    [InlineData("(?=a)", "look-around")]
    [InlineData("(?!a)", "`(?!` is not supported: there is no look-around")]
    [InlineData("(?<=a)", "`(?<=` is not supported: there is no look-around")]
    [InlineData("(?<!a)", "look-around")]
    [InlineData("(?>a)", "atomic")]
    [InlineData("(?#comment)a", "not supported")]
    [InlineData("(?(1)a|b)", "conditions")]
    [InlineData("(?'n'a)", "not supported")]
    [InlineData("(?<n-m>a)", "not supported")]
    [InlineData("(?<1-2>a)", "not supported")]
    [InlineData("(?<n>a)(?<n>b)", "not supported")]
    [InlineData("(?P=n)", "not supported")]
    [InlineData("(?x)a b", "flags")]
    [InlineData("(?n)a", "flags")]
    [InlineData("(?-)a", "flags")]
    [InlineData("(?i--s)a", "flags")]
    [InlineData("(?i", "flags")]
    [InlineData("(?)", "flags")]
    [InlineData(@"(a)\1", "back-reference")]
    [InlineData(@"\k<n>", "back-reference")]
    [InlineData(@"[\b]", "not supported")]
    [InlineData(@"a\Z", "not supported")]
    [InlineData(@"\Ga", "not supported")]
    [InlineData(@"\p", "lacks its name")]
    [InlineData(@"\p{Lu", "lacks its name")]
    [InlineData(@"\p{Greek}", "general categories")]
    [InlineData(@"\p{}", "general categories")]
    [InlineData(@"\pé", "general categories")]
    [InlineData("(?P>n)", "recursion")]
    [InlineData("(?R)", "recursion")]
    [InlineData("(?|a|b)", "branch resets")]
    [InlineData("(?im-)a", "flags")]
    [InlineData("a?+", "possessive")]
    [InlineData(@"[a\E]", "not supported")]
    [InlineData(@"\C", "not supported")]
    [InlineData(@"\R", "not supported")]
    [InlineData(@"\X", "not supported")]
    [InlineData(@"\e", "not supported")]
    [InlineData(@"\cA", "not supported")]
    [InlineData(@"\u0041", "not supported")]
    [InlineData(@"\x4", "not supported")]
    [InlineData(@"\x{110000}", "not supported")]
    [InlineData(@"\x{D800}", "not supported")]
    [InlineData(@"\é", "not supported")]
    [InlineData("\\", "nothing to escape")]
    [InlineData("[a", "not closed")]
    [InlineData("[]", "not closed")]
    [InlineData("(a", "not closed")]
    [InlineData("a)", "closes nothing")]
    [InlineData("[z-a]", "ends before it begins")]
    [InlineData(@"[a-\d]", "not supported")]
    [InlineData("[[:foo:]]", "[:foo:]")]
    [InlineData("*a", "nothing stands before")]
    [InlineData("a|*", "nothing stands before")]
    [InlineData("(+a)", "nothing stands before")]
    [InlineData("{2}", "nothing stands before")]
    [InlineData("(?i)*a", "nothing stands before")]
    [InlineData("a**", "repeated")]
    [InlineData("a++", "repeated")]
    [InlineData("a{2}{3}", "repeated")]
    [InlineData("a*?*", "repeated")]
    [InlineData("a{2,1}", "the smaller number first")]
    [InlineData("a{1001}", "up to 1000")]
    [InlineData("a{99999999999999}", "up to 1000")]
    [InlineData("(a{1000}){6}", "too large")]
    [InlineData("(a{1000}){1000}", "too large")]
    [InlineData("(((a{1000}){1000}){1000}){1000}", "too large")]
    public void What_has_no_linear_meaning_is_refused(string pattern, string fragment)
    {
        Assert.False(LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error));
        Assert.Null(regex);
        Assert.Contains(fragment, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_pattern_is_refused()
    {
        Assert.False(LinearRegex.TryCreate("a\uD83D", CaseFolding.None, out _, out _));
        Assert.False(LinearRegex.TryCreate("[\uDE00]", CaseFolding.None, out _, out _));
    }

    [Fact]
    public void Length_is_bounded()
    {
        Assert.True(LinearRegex.TryCreate(new string('a', 4096), CaseFolding.None, out _, out _));
        Assert.False(LinearRegex.TryCreate(new string('a', 4097), CaseFolding.None, out _, out string? error));
        Assert.Contains("4096", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded_without_using_up_the_stack()
    {
        Assert.True(LinearRegex.TryCreate(new string('(', 100) + new string(')', 100), CaseFolding.None, out _, out _));
        Assert.False(LinearRegex.TryCreate(new string('(', 2048) + new string(')', 2048), CaseFolding.None, out _, out string? error));
        Assert.Contains("inside each other", error, StringComparison.Ordinal);
    }
}
