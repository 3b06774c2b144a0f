using PolicyLayer.Schemas.Regexes;

namespace PolicyLayer.Schemas.Tests.Regexes;

/// <summary>What patterns mean in RE2, above all where other dialects read them otherwise.</summary>
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
    [InlineData(@"\bcat\b", "a cat.", true)]
    [InlineData(@"\bcat\b", "concat", false)]
    [InlineData(@"\bcat\b", "cats", false)]
    [InlineData(@"\bcat\b", "cat", true)]
    [InlineData(@"\bcat\b", "cat_", false)]
    [InlineData(@"\bcat\b", "écaté", true)]
    [InlineData(@"\bcat\b", "écat", true)]
    [InlineData(@"\b", "", false)]
    [InlineData(@"\B", "", true)]
    [InlineData(@"^\b$", "", false)]
    [InlineData(@"\B", "a", false)]
    [InlineData(@"a\Bb", "ab", true)]
    [InlineData(@"a\bb", "ab", false)]
    [InlineData(@"(?i)\bſ", "-ſ", false)]
    [InlineData(@"^(a\b|-\b)+$", "a-a-a", true)]
    [InlineData(@"^(a\b|-\b)+$", "a-aa", false)]
    [InlineData(@"^(a\b|-\b)+$", "a-a", true)]
    [InlineData(@"(\b|x)+y", "xy", true)]
    [InlineData(@"\b*y", "xy", true)]
    [InlineData(@"x\b{2}-", "x-", true)]
    public void Word_boundaries_are_ASCII(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    [Theory]
    [InlineData("(?m)^b$", "a\nb\nc", true)]
    [InlineData("(?m)^b$", "a\nb", true)]
    [InlineData("(?m)^b$", "a\r\nb\r\n", false)]
    [InlineData("(?m)^$", "a\n", true)]
    [InlineData("(?m)^$", "a", false)]
    [InlineData("(?m)a$.b", "a\nb", false)]
    [InlineData("(?ms)a$.^b", "a\nb", true)]
    [InlineData("(?m:^b)$", "a\nb", true)]
    [InlineData("(?m:^b)$", "a\nb\n", false)]
    [InlineData(@"(?m)\Ab", "a\nb", false)]
    [InlineData(@"(?m)a\z", "a\nb", false)]
    [InlineData("(?m)a(?-m)$", "a\nb", false)]
    [InlineData("(?U)a+", "a", true)]
    [InlineData("(?Ui)A+?", "a", true)]
    public void Flags(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    [Theory]
    [InlineData(@"^\pL+$", "aßж漢", true)]
    [InlineData(@"^\pL$", "1", false)]
    [InlineData(@"^\p{Lu}$", "É", true)]
    [InlineData(@"^\p{Lu}$", "é", false)]
    [InlineData(@"(?i)^\p{Lu}$", "é", true)]
    [InlineData(@"^\P{Lu}$", "é", true)]
    [InlineData(@"^\p{^Lu}$", "É", false)]
    [InlineData(@"^\P{^Lu}$", "É", true)]
    [InlineData(@"^[\pN_]+$", "٣_5", true)]
    [InlineData(@"^[^\pL]$", "漢", false)]
    [InlineData(@"^\p{Any}$", "\n", true)]
    [InlineData(@"^\pS$", "😀", true)]
    [InlineData(@"^\Qa.b*\E+$", "a.b**", true)]
    [InlineData(@"^\Qa.b", "axb", false)]
    [InlineData(@"\Q(\E(b|c)", "(c", true)]
    [InlineData(@"^\012$", "\n", true)]
    [InlineData(@"^\0$", "\0", true)]
    [InlineData(@"^\1011$", "A1", true)]
    public void Categories_quotes_and_octal_numbers(string pattern, string text, bool matches) => AssertMatches(pattern, text, matches);

    // In code, for an attribute cannot hold them.
    [Fact]
    public void Half_a_surrogate_pair_in_a_text_is_one_character()
    {
        AssertMatches("^.$", "\uD83D", true);
        AssertMatches("^.$", "a\uDE00\uD83Db", false);
        AssertMatches("^a..b$", "a\uDE00\uD83Db", true);
        AssertMatches("^a..b$", "a\uD83D\uDE00b", false);
        AssertMatches("[😀]", "\uD83D", false);
        AssertMatches("[😀]", "\uDE00\uD83D", false);
    }

    [Fact]
    public void IgnoreCase_is_the_flag_for_the_whole_pattern()
    {
        Assert.True(LinearRegex.TryCreate("^ab(?-i)c$", CaseFolding.Ordinal, out LinearRegex? regex, out _));
        Assert.True(regex.IsMatch("ABc"));
        Assert.False(regex.IsMatch("ABC"));
    }

    private static void AssertMatches(string pattern, string text, bool matches)
    {
        Assert.True(LinearRegex.TryCreate(pattern, CaseFolding.None, out LinearRegex? regex, out string? error), error);
        Assert.Equal(matches, regex.IsMatch(text));
    }
}
