using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Compilation.Conditions;

/// <summary>What <c>contains</c> finds in a text, however long.</summary>
public sealed class TextSearchTests
{
    private static readonly ToolPolicy Policy = Judging.Tools("""
        {
          "case": { "deny_if": [{ "conditions": [{ "path": "args.text", "op": "contains", "value_from": "args.part" }] }] },
          "none": { "deny_if": [{ "conditions": [{ "path": "args.text", "op": "contains", "value_from": "args.part", "ignore_case": true }] }] }
        }
        """);

    /// <summary>Letters whose capitals are one or not, in one unit of UTF-16 or two, and few enough for texts to repeat themselves.</summary>
    private static readonly Gen<string> Texts = Gen.Elements("a", "A", "b", "k", "\u212A", "ß", "ẞ", "é", "É", "𐐨", "𐐀", "😀").ListOf().Select(static parts => string.Concat(parts));

    [Fact]
    public void Long_texts_are_searched_as_short_ones_are() =>
        Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), static (text, other, from) =>
        {
            // A part of the text in another case as often as another one.
            string cut = string.Concat(text.EnumerateRunes().Skip(from * text.Length / 200));
            return new[] { other, cut, cut.ToLowerInvariant(), cut + other }.All(part => part.Length > text.Length
                || (TextSearch.ContainsLong(text, part, ignoreCase: false) == text.Contains(part, StringComparison.Ordinal)
                && TextSearch.ContainsLong(text, part, ignoreCase: true) == text.Contains(part, StringComparison.OrdinalIgnoreCase))).Label($"{text} / {other}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    // With ICU, capitals are not what ordinal comparisons go by: of `ſ` it is `S`, and those of new letters it may not know.
    [Fact]
    public void Letters_are_one_where_ordinal_comparisons_say_so()
    {
        foreach ((string first, List<int> same) in Letters.GroupBy(StringComparer.OrdinalIgnoreCase))
        {
            foreach (string letter in same.Select(char.ConvertFromUtf32))
            {
                string text = "x" + letter + "y";
                foreach (string other in new[] { first, letter.ToUpperInvariant(), letter.ToLowerInvariant() })
                {
                    Assert.True(TextSearch.ContainsLong(text, other, ignoreCase: true) == text.Contains(other, StringComparison.OrdinalIgnoreCase), $"{letter} {other}");
                }
            }
        }
    }

    // Both texts are the caller's: the framework's search would take hours for some of these.
    [Theory]
    [InlineData("aaaaaaaaab", "aaaaaaaaaa")]
    [InlineData("aaaaabaaaa", "aaaaaaaaaa")]
    [InlineData("baaaaaaaaa", "aaaaaaaaaa")]
    [InlineData("aaaaaaaaab", "aaaaaaaaac")]
    public void Search_of_a_long_text_for_a_long_text_completes(string part, string filler)
    {
        foreach (string tool in new[] { "case", "none" })
        {
            string one = Stretched(part, 20_000);
            string text = string.Concat(Enumerable.Repeat(Stretched(filler, 20_000), 3));
            Assert.Equal(DecisionReason.Allowed, Decide(tool, text, one));
            Assert.Equal(DecisionReason.DenyIf, Decide(tool, text + one, one));
            Assert.Equal(tool == "none" ? DecisionReason.DenyIf : DecisionReason.Allowed, Decide(tool, text + one.ToUpperInvariant() + "x", one));
        }

        static string Stretched(string letters, int times) => string.Concat(letters.Select(letter => new string(letter, letter == 'a' ? times : 1)));
        static DecisionReason Decide(string tool, string text, string part) => Policy.Decide(tool, $$"""{ "text": "{{text}}", "part": "{{part}}" }""").Reason;
    }
}
