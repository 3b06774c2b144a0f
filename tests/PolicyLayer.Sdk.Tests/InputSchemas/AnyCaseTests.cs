using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.InputSchemas;

/// <summary>Names are one name in any case exactly where Unicode's simple folding says so, as the loosest binders read them.</summary>
public sealed class AnyCaseTests
{
    [Fact]
    public void Every_letter_equals_what_folds_to_it_and_nothing_else()
    {
        Dictionary<string, List<int>> byFold = Letters.GroupBy(AnyCase.Comparer);
        Assert.Equal(['K', 'k', 0x212A], byFold["k"]);
        Assert.Equal(['S', 's', 0x17F], byFold["S"]);
        Assert.All(byFold.Values, static same => Assert.Equal(CodePointSet.Of([.. same.Select(static c => (c, c))]), CaseOrbits.Close(CodePointSet.Of(same[0], same[0]), CaseFolding.Re2)));
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("ab", "abc")]
    [InlineData("i", "\u0131")]
    [InlineData("ss", "ß")]
    public void Other_names_stay_other_names(string one, string other) => Assert.False(AnyCase.Comparer.Equals(one, other));

    [Theory]
    [InlineData("")]
    [InlineData("task")]
    [InlineData("ta\u017FK")]
    [InlineData("\U00010400 and straße")]
    public void Span_finds_what_its_text_finds(string name)
    {
        var names = new HashSet<string>(AnyCase.Comparer) { name };
        Assert.True(names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.ToUpperInvariant(), out string? found));
        Assert.Same(name, found);
    }
}
