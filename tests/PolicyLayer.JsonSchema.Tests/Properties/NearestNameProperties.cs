using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Tests.Properties;

/// <summary>The nearest name is the one that a plain table of distances gives.</summary>
public sealed class NearestNameProperties
{
    private static readonly Gen<string> Name = Gen.Choose(1, 9).SelectMany(length => Gen.Elements("aAbcd_ü1".ToCharArray()).ArrayOf(length)).Select(letters => new string(letters));

    [Fact]
    public void Find_is_the_first_of_the_nearest()
    {
        Gen<(string Name, string[] Candidates)> cases = Name.SelectMany(name => Name.ArrayOf(6).Select(candidates => (name, candidates)));
        Prop.ForAll(cases.ToArbitrary(), sample => Assert.Equal(Model(sample.Name, sample.Candidates), NearestName.Find(sample.Name, sample.Candidates)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithQuietOnSuccess(true));
    }

    private static string? Model(string name, string[] candidates) => candidates
        .Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant()), limit: Math.Min(2, Math.Max(1, Math.Min(name.Length, candidate.Length) / 3))))
        .Where(pair => pair.distance <= pair.limit)
        .OrderBy(pair => pair.distance)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    /// <summary>Optimal string alignment, by its definition.</summary>
    private static int Distance(string a, string b)
    {
        int[,] table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                int least = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                table[i, j] = swapped ? Math.Min(least, table[i - 2, j - 2] + 1) : least;
            }
        }

        return table[a.Length, b.Length];
    }
}
