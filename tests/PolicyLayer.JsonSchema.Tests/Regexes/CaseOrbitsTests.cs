using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Testing;

namespace PolicyLayer.Schemas.Tests.Regexes;

public sealed class CaseOrbitsTests
{
    [Fact]
    public void Ordinal_folding_is_that_of_ordinal_comparisons_for_every_character()
    {
        Dictionary<string, List<int>> groups = Letters.GroupBy(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(['K', 'k'], groups["k"]);
        Assert.Equal(['S', 's'], groups["S"]);
        Assert.All(groups.Values, static same => Assert.Equal(CodePointSet.Of([.. same.Select(static c => (c, c))]), CaseOrbits.Close(CodePointSet.Of(same[0], same[0]), CaseFolding.Ordinal)));
    }

    [Fact]
    public void Large_sets_are_closed_as_small_ones_are()
    {
        CodePointSet small = CaseOrbits.Close(CodePointSet.Of('a', 'z'), CaseFolding.Ordinal);
        Assert.Equal(CodePointSet.Of([('A', 'Z'), ('a', 'z')]), small);
        Assert.False(CaseOrbits.Close(CodePointSet.Of('\0', '\u00BF'), CaseFolding.Ordinal).Contains(0x212A));
        Assert.True(CaseOrbits.Close(CodePointSet.Of('\0', '\u00BF'), CaseFolding.Re2).Contains(0x212A));
    }
}
