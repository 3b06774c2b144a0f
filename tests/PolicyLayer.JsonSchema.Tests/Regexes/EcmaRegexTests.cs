namespace PolicyLayer.Schemas.Tests.Regexes;

/// <summary>What patterns mean in ECMA-262, above all where RE2 or .NET read them otherwise.</summary>
public sealed class EcmaRegexTests
{
    [Theory]
    [InlineData("a$", "a\n", false)]
    [InlineData("^a$", "a", true)]
    [InlineData("^b", "a\nb", false)]
    [InlineData("a$", "a\nb", false)]
    [InlineData("a.b", "a\nb", false)]
    [InlineData("a.b", "a\rb", false)]
    [InlineData("a.b", "a\u2028b", false)]
    [InlineData("a.b", "a\u2029b", false)]
    [InlineData("a.b", "a\u0085b", true)]
    [InlineData("a.b", "a😀b", true)]
    [InlineData("a[^]b", "a\nb", true)]
    [InlineData("a[]b|c", "c", true)]
    [InlineData("a[]b", "ab", false)]
    [InlineData("[]", "]", false)]
    [InlineData("[^]]", "a]", true)]
    [InlineData("[]a]", "a]", false)]
    public void Anchors_and_dot(string pattern, string text, bool matches) => LinearRegexExtensions.AssertEcmaMatches(pattern, text, matches);

    [Theory]
    [InlineData(@"^\d$", "7", true)]
    [InlineData(@"^\d$", "٣", false)]
    [InlineData(@"^\D$", "٣", true)]
    [InlineData(@"^\w+$", "aZ_9", true)]
    [InlineData(@"^\w$", "é", false)]
    [InlineData(@"^\w$", "ſ", false)]
    [InlineData(@"^\W$", "é", true)]
    [InlineData(@"^\s+$", "\t\n\v\f\r \u00A0\u1680\u2000\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF", true)]
    [InlineData(@"^\s$", "\u180E", false)]
    [InlineData(@"^\s$", "\u200B", false)]
    [InlineData(@"^\s$", "\u0085", false)]
    [InlineData(@"^\S$", "\u0085", true)]
    [InlineData(@"^\S$", "\uFEFF", false)]
    [InlineData(@"^[\s\d]+$", "1\u00A02", true)]
    [InlineData(@"^[^\S]$", "\v", true)]
    public void Named_sets(string pattern, string text, bool matches) => LinearRegexExtensions.AssertEcmaMatches(pattern, text, matches);

    [Theory]
    [InlineData(@"^\bcat\b$", "cat", true)]
    [InlineData(@"\bcat\b", "écat", true)]
    [InlineData(@"\bcat\b", "cats", false)]
    [InlineData(@"a\Bb", "ab", true)]
    [InlineData(@"\b", "", false)]
    [InlineData(@"\B", "", true)]
    [InlineData(@"^[\b]$", "\b", true)]
    [InlineData(@"^[a\b]$", "b", false)]
    public void Word_boundaries_are_ASCII(string pattern, string text, bool matches) => LinearRegexExtensions.AssertEcmaMatches(pattern, text, matches);

    [Theory]
    [InlineData(@"^\t\n\v\f\r\0$", "\t\n\v\f\r\0", true)]
    [InlineData(@"^\cJ$", "\n", true)]
    [InlineData(@"^\cj$", "\n", true)]
    [InlineData(@"^[\cA-\cZ]$", "\n", true)]
    [InlineData(@"^\x41\u0042$", "AB", true)]
    [InlineData(@"^\u{41}\u{1F600}\u{00000041}$", "A😀A", true)]
    [InlineData(@"^\uD83D\uDE00$", "😀", true)]
    [InlineData(@"^[\uD83D\uDE00-\uD83D\uDE02]$", "😁", true)]
    [InlineData(@"^[\u{1F600}-\u{1F602}]$", "😃", false)]
    [InlineData(@"\uD83D", "😀", false)]
    [InlineData(@"\uD83D\u0041", "😀A", false)]
    [InlineData(@"^\-\_\/\.\@\#\%\&\!\""\'\,\:\;\<\=\>\`\~\ \^\$\\\*\+\?\(\)\[\]\{\}\|$", "-_/.@#%&!\"',:;<=>`~ ^$\\*+?()[]{}|", true)]
    [InlineData(@"^[\-\_\/\.\@\]\^]+$", "-_/.@]^", true)]
    [InlineData(@"^[.*+?$|(){}]+$", "$.(|){}*+?", true)]
    public void Escapes(string pattern, string text, bool matches) => LinearRegexExtensions.AssertEcmaMatches(pattern, text, matches);

    [Theory]
    [InlineData("^[a-c]+$", "abc", true)]
    [InlineData("^[^a-c]$", "b", false)]
    [InlineData("^[a-]+$", "a-", true)]
    [InlineData("^[-a]+$", "a-", true)]
    [InlineData("^[--/]+$", "-./", true)]
    [InlineData(@"^[\w-.]+$", "a-.", true)]
    [InlineData(@"^[\w-.]$", "/", false)]
    [InlineData(@"^[a-\d]+$", "a-5", true)]
    [InlineData(@"^[a-\d]$", "b", false)]
    [InlineData(@"^[\w-]+$", "a-b", true)]
    [InlineData("^[[a]+$", "[a", true)]
    [InlineData("^[[:alpha:]]$", "a]", true)]
    [InlineData("^[a^]+$", "a^", true)]
    [InlineData("^[😀-😂]$", "😁", true)]
    [InlineData("^[^😀]$", "😁", true)]
    public void Classes(string pattern, string text, bool matches) => LinearRegexExtensions.AssertEcmaMatches(pattern, text, matches);

    [Theory]
    [InlineData("^a{2}b{1,}c{0,1}$", "aabb", true)]
    [InlineData("^a{1,2}$", "aaa", false)]
    [InlineData("^a*?b+?c??$", "bb", true)]
    [InlineData("^a{2}?$", "aa", true)]
    [InlineData("^{a}$", "{a}", true)]
    [InlineData("^a{$", "a{", true)]
    [InlineData("^a{x}$", "a{x}", true)]
    [InlineData("^a{1$", "a{1", true)]
    [InlineData("^]}$", "]}", true)]
    [InlineData("^(?:ab)+(?<year>c)(?<$ü1>d)$", "ababcd", true)]
    [InlineData("^(|a)*$", "aa", true)]
    [InlineData("^(^a|b)*$", "ab", true)]
    [InlineData("(^)*a", "ba", true)]
    [InlineData("", "x", true)]
    [InlineData("a||b", "", true)]
    [InlineData("^😀{2}$", "😀😀", true)]
    public void Repetitions_and_groups(string pattern, string text, bool matches) => LinearRegexExtensions.AssertEcmaMatches(pattern, text, matches);

    [Theory]
    [InlineData(@"^\p{L}\p{Letter}\p{gc=L}\p{General_Category=Letter}$", "aßж漢", true)]
    [InlineData(@"^\p{Lu}\p{Uppercase_Letter}$", "ÉK", true)]
    [InlineData(@"^\p{Lu}$", "é", false)]
    [InlineData(@"^\P{Lu}$", "é", true)]
    [InlineData(@"^\p{LC}+$", "aAǅ", true)]
    [InlineData(@"^\p{LC}$", "漢", false)]
    [InlineData(@"^\p{Nd}\p{digit}$", "٣5", true)]
    [InlineData(@"^[\p{N}_]+$", "٣_5", true)]
    [InlineData(@"^[^\p{L}]$", "漢", false)]
    [InlineData(@"^[\P{L}]$", "1", true)]
    [InlineData(@"^\p{punct}\p{Sc}\p{Math_Symbol}\p{Zs}$", "!€+ ", true)]
    [InlineData(@"^\p{Cn}$", "\u0378", true)]
    [InlineData(@"^\p{C}$", "\u0378", true)]
    [InlineData(@"^\p{cntrl}$", "\n", true)]
    [InlineData(@"^\p{Unassigned}$", "a", false)]
    [InlineData(@"^\p{Assigned}$", "\u0378", false)]
    [InlineData(@"^\p{Any}$", "\u0378", true)]
    [InlineData(@"^\p{ASCII}$", "é", false)]
    [InlineData(@"^\p{So}$", "😀", true)]
    public void Properties(string pattern, string text, bool matches) => LinearRegexExtensions.AssertEcmaMatches(pattern, text, matches);

    // Patterns as schemas of tools have them.
    [Theory]
    [InlineData(@"^[\w-\.]+@([\w-]+\.)+[\w-]{2,4}$", "a.b-c@x-y.org", true)]
    [InlineData(@"^(\([0-9]{3}\))?[0-9]{3}-[0-9]{4}$", "(888)555-1212", true)]
    [InlineData(@"^(\d{1,3}\.){3}\d{1,3}$", "10.0.0.1", true)]
    [InlineData(@"^[0-9a-fA-F]{8}\-[0-9a-fA-F]{4}$", "0123abCD-0000", true)]
    [InlineData(@"^https?:\/\/[^\s\/$.?#].[^\s]*$", "https://example.com/a b", false)]
    [InlineData(@"^[a-zA-Z_][a-zA-Z0-9_]*$", "a1_\n", false)]
    [InlineData(@"^\/(?:[^\/\0]+\/?)*$", "/usr/local/", true)]
    [InlineData(@"^#[A-Fa-f0-9]{6}|[A-Fa-f0-9]{3}$", "#aabbcc", true)]
    public void Real_patterns(string pattern, string text, bool matches) => LinearRegexExtensions.AssertEcmaMatches(pattern, text, matches);

    // In code, for an attribute cannot hold them.
    [Fact]
    public void Half_a_surrogate_pair_is_one_character()
    {
        LinearRegexExtensions.AssertEcmaMatches("^.$", "\uD83D", true);
        LinearRegexExtensions.AssertEcmaMatches(@"^\uD83D$", "\uD83D", true);
        LinearRegexExtensions.AssertEcmaMatches(@"^\u{DE00}\uD83D$", "\uDE00\uD83D", true);
        LinearRegexExtensions.AssertEcmaMatches("😀", "\uD83D", false);
        LinearRegexExtensions.AssertEcmaMatches(@"^\uD83DabDE00$", "\uD83DabDE00", true);
    }
}
