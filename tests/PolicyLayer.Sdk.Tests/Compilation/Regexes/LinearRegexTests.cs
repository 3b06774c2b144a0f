using PolicyLayer.Sdk.Compilation.Regexes;

namespace PolicyLayer.Sdk.Tests.Compilation.Regexes;

/// <summary>What patterns mean in RE2, wherever .NET would read them otherwise.</summary>
public sealed class LinearRegexTests
{
    [Theory]
    [InlineData("a$", "a\n", false)]
    [InlineData("a$", "a", true)]
    [InlineData("^a$", "a\r\n", false)]
    [InlineData(@"a\z", "a\n", false)]
    [InlineData(@"\Aa", "ba", false)]
    [InlineData("^b", "a\nb", false)]
    [InlineData("a$\n", "a\n", false)]
    [InlineData("(a$|b)c?", "b", true)]
    [InlineData("^*a", "ba", true)]
    [InlineData("$?a", "a", true)]
    [InlineData("a.b", "a\nb", false)]
    [InlineData("(?s)a.b", "a\nb", true)]
    [InlineData("(?s:a.)b.c", "a\nb\nc", false)]
    [InlineData("a.b", "a\rb", true)]
    [InlineData("a.b", "a\u2028b", true)]
    [InlineData("[^a]", "\n", true)]
    public void Anchors_and_dot(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    [Theory]
    [InlineData(@"^\d+$", "٣", false)]
    [InlineData(@"^\d+$", "09", true)]
    [InlineData(@"^\D$", "٣", true)]
    [InlineData(@"^\w+$", "é", false)]
    [InlineData(@"^\w+$", "aZ_9", true)]
    [InlineData(@"^\W$", "é", true)]
    [InlineData(@"^\s$", "\u00A0", false)]
    [InlineData(@"^\s$", "\v", false)]
    [InlineData(@"^\s$", "\f", true)]
    [InlineData(@"^\S$", "\v", true)]
    [InlineData(@"^\S$", "\u2003", true)]
    [InlineData(@"^[\d\s]+$", "1 2", true)]
    [InlineData(@"^[^\D]+$", "12", true)]
    [InlineData(@"^[^\D]+$", "1a", false)]
    [InlineData(@"^[\D1]+$", "1a", true)]
    [InlineData(@"^[\d-z]+$", "-5z", true)]
    [InlineData(@"^[\d-z]$", "y", false)]
    [InlineData("^[[:space:]]$", "\v", true)]
    [InlineData("^[[:alpha:]_]+$", "aZ_", true)]
    [InlineData("^[[:alpha:]]$", "é", false)]
    [InlineData("^[[:^alpha:]]$", "é", true)]
    [InlineData("^[[:punct:]]+$", "[!~`", true)]
    [InlineData("^[^[:digit:]]$", "5", false)]
    [InlineData("^[[:word:]-]$", "-", true)]
    public void Named_sets_are_ASCII(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    [Theory]
    [InlineData("^[a-z-[aeiou]]$", "b]", true)]
    [InlineData("^[a-z-[aeiou]]$", "b", false)]
    [InlineData("^[a-z-[aeiou]]$", "a]", true)]
    [InlineData("^[a-z-[aeiou]]$", "-]", true)]
    [InlineData("^[]a]+$", "a]", true)]
    [InlineData("^[^]a]$", "]", false)]
    [InlineData("^[a-]+$", "a-", true)]
    [InlineData("^[-a]+$", "a-", true)]
    [InlineData("^[a^]+$", "a^", true)]
    [InlineData("^[[a]+$", "[a", true)]
    [InlineData("^[[:a]+$", "[:a", true)]
    [InlineData("^[[.a.]]$", "a]", true)]
    [InlineData("^[a&&b]+$", "&ab", true)]
    [InlineData(@"^[\]\[\\\-]+$", @"]\-[", true)]
    [InlineData(@"^[.*+?$|(){}]+$", "$.(|){}*+?", true)]
    [InlineData("^[ #]+$", "# ", true)]
    public void Classes(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    // RE2 works on characters, .NET on UTF-16 units.
    [Theory]
    [InlineData("^.$", "😀", true)]
    [InlineData("^..$", "😀", false)]
    [InlineData("^.{3}$", "a😀b", true)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[^a][^a]$", "😀", false)]
    [InlineData(@"^\W$", "😀", true)]
    [InlineData("^😀+$", "😀😀", true)]
    [InlineData("^😀?$", "", true)]
    [InlineData("^😀{2}$", "😀😀", true)]
    [InlineData("^[😀]$", "😀", true)]
    [InlineData("[😀]", "😁", false)]
    [InlineData("^[😀-😂]$", "😁", true)]
    [InlineData("^[😀-😂]$", "😃", false)]
    [InlineData("^[^😀-😂]$", "😁", false)]
    [InlineData("^[a-😂]$", "\uFFFD", true)]
    [InlineData("^[a-😂]$", "😃", false)]
    [InlineData("^[\U00010000-\U0010FFFF]$", "\U0010FFFF", true)]
    [InlineData("^[\U000103FF-\U00010C00]$", "\U00010C00", true)]
    [InlineData("^[\U000103FF-\U00010C00]$", "\U00010C01", false)]
    [InlineData(@"^\x{1F600}$", "😀", true)]
    [InlineData(@"^[\x{1F600}-\x{1F602}]$", "😁", true)]
    public void Characters_beyond_the_first_plane_count_as_one(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    [Theory]
    [InlineData("(?i)^K$", "k", true)]
    [InlineData("(?i)^k$", "\u212A", true)]
    [InlineData("(?i)^\u212A$", "K", true)]
    [InlineData("(?i)^pass$", "paſſ", true)]
    [InlineData("(?i)^[p-t]+$", "PSſ", true)]
    [InlineData("(?i)^[^s]$", "ſ", false)]
    [InlineData("(?i)^[[:lower:]]$", "Z", true)]
    [InlineData(@"(?i)^\w$", "ſ", true)]
    [InlineData(@"(?i)^\W$", "ſ", false)]
    [InlineData("(?i)^i$", "\u0130", false)]
    [InlineData("(?i)^I$", "\u0131", false)]
    [InlineData("(?i)^i$", "I", true)]
    [InlineData("(?i)^löschen$", "LÖSCHEN", true)]
    [InlineData("(?i)^ß$", "ẞ", true)]
    [InlineData("(?i)^ß$", "ss", false)]
    [InlineData("(?i)^µ$", "μ", true)]
    [InlineData("(?i)^σ$", "ς", true)]
    [InlineData("(?i)^\U00010400$", "\U00010428", true)]
    [InlineData("a(?i)b|c", "C", true)]
    [InlineData("(a(?i)b)c", "aBC", false)]
    [InlineData("(?i:a)b", "AB", false)]
    [InlineData("(?i)a(?-i)b", "AB", false)]
    [InlineData("(?i-s)A.", "a\n", false)]
    [InlineData("(?is)A.", "a\n", true)]
    public void Case_is_folded_as_RE2_folds_it(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    [Theory]
    [InlineData("^a{2}$", "aa", true)]
    [InlineData("^a{2,}$", "aaa", true)]
    [InlineData("^a{1,2}$", "aaa", false)]
    [InlineData("^a{,2}$", "a{,2}", true)]
    [InlineData("^a{x}$", "a{x}", true)]
    [InlineData("^a{2$", "a{2", true)]
    [InlineData("^{a$", "{a", true)]
    [InlineData("^a{0}b$", "b", true)]
    [InlineData("^(ab)*?$", "abab", true)]
    [InlineData("^a??b+?c{1}?$", "bbc", true)]
    [InlineData("^(?P<n>a)(?<m>b)$", "ab", true)]
    [InlineData("^(|a)*$", "aa", true)]
    [InlineData("(b+|)+", "a", true)]
    [InlineData("(b+|$?)+", "a", true)]
    [InlineData("((b{1,3}|){2}|c)d", "d", true)]
    [InlineData("^((b+|)+|c)$", "d", false)]
    [InlineData("^(a+|()|(^){3})+b$", "aab", true)]
    [InlineData("a||b", "", true)]
    [InlineData("", "x", true)]
    [InlineData("()", "", true)]
    [InlineData("a b#c", "a b#c", true)]
    [InlineData(@"^\x41\.\_\-\/\a\t\v\f$", "A._-/\a\t\v\f", true)]
    [InlineData("]}", "]}", true)]
    public void Repetitions_groups_and_escapes(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    [Theory]
    [InlineData("(?=a)", "look-around")]
    [InlineData("(?!a)", "look-around")]
    [InlineData("(?<=a)", "look-around")]
    [InlineData("(?<!a)", "look-around")]
    [InlineData("(?>a)", "atomic")]
    [InlineData("(?#comment)a", "not supported")]
    [InlineData("(?(1)a|b)", "conditions")]
    [InlineData("(?'n'a)", "not supported")]
    [InlineData("(?<n-m>a)", "not supported")]
    [InlineData("(?<1-2>a)", "not supported")]
    [InlineData("(?<n>a)(?<n>b)", "not supported")]
    [InlineData("(?P=n)", "not supported")]
    [InlineData("(?m)^a", "flags")]
    [InlineData("(?x)a b", "flags")]
    [InlineData("(?n)a", "flags")]
    [InlineData("(?U)a", "flags")]
    [InlineData("(?-)a", "flags")]
    [InlineData("(?i--s)a", "flags")]
    [InlineData("(?i", "flags")]
    [InlineData("(?)", "flags")]
    [InlineData(@"(a)\1", "back-reference")]
    [InlineData(@"\k<n>", "not supported")]
    [InlineData(@"a\b", "not supported")]
    [InlineData(@"a\B", "not supported")]
    [InlineData(@"[\b]", "not supported")]
    [InlineData(@"\pL", "not supported")]
    [InlineData(@"\p{Lu}", "not supported")]
    [InlineData(@"\P{Lu}", "not supported")]
    [InlineData(@"\Qa\E", "not supported")]
    [InlineData(@"a\Z", "not supported")]
    [InlineData(@"\Ga", "not supported")]
    [InlineData(@"\C", "not supported")]
    [InlineData(@"\R", "not supported")]
    [InlineData(@"\X", "not supported")]
    [InlineData(@"\e", "not supported")]
    [InlineData(@"\cA", "not supported")]
    [InlineData(@"\u0041", "not supported")]
    [InlineData(@"\012", "not supported")]
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
        Assert.False(LinearRegex.TryCreate(pattern, ignoreCase: false, out LinearRegex? regex, out string? error));
        Assert.Null(regex);
        Assert.Contains(fragment, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_pattern_is_refused()
    {
        Assert.False(LinearRegex.TryCreate("a\uD83D", ignoreCase: false, out _, out _));
        Assert.False(LinearRegex.TryCreate("[\uDE00]", ignoreCase: false, out _, out _));
    }

    [Fact]
    public void Length_is_bounded()
    {
        Assert.True(LinearRegex.TryCreate(new string('a', 4096), ignoreCase: false, out _, out _));
        Assert.False(LinearRegex.TryCreate(new string('a', 4097), ignoreCase: false, out _, out string? error));
        Assert.Contains("4096", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Depth_is_bounded_without_using_up_the_stack()
    {
        Assert.True(LinearRegex.TryCreate(new string('(', 100) + new string(')', 100), ignoreCase: false, out _, out _));
        Assert.False(LinearRegex.TryCreate(new string('(', 2048) + new string(')', 2048), ignoreCase: false, out _, out string? error));
        Assert.Contains("inside each other", error, StringComparison.Ordinal);
    }

    private static void AssertMatches(string pattern, string text, bool matches)
    {
        Assert.True(LinearRegex.TryCreate(pattern, ignoreCase: false, out LinearRegex? regex, out string? error), error);
        Assert.Equal(matches, regex.IsMatch(text));
    }
}
