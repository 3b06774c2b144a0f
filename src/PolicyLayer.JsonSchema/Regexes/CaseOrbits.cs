using System.Text;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>Which code points are one letter when case is ignored.</summary>
internal static class CaseOrbits
{
    /// <summary>The end of the last script that has two cases.</summary>
    private const int LastCased = 0x1E943;

    /// <summary>Up to so many members are looked up one by one; for a larger set it is quicker to go through the letters.</summary>
    private const int FewMembers = 128;

    private static readonly Lazy<Dictionary<int, List<int>>> Ordinal = new(FindOrdinal);
    private static readonly Lazy<Dictionary<int, List<int>>> Re2 = new(FindRe2);

    /// <summary>The set, and what its members are in the other case.</summary>
    public static CodePointSet Close(CodePointSet set, CaseFolding folding) => folding switch
    {
        CaseFolding.Ordinal => Close(set, Ordinal.Value),
        CaseFolding.Re2 => Close(set, Re2.Value),
        _ => set,
    };

    private static CodePointSet Close(CodePointSet set, Dictionary<int, List<int>> orbits)
    {
        var ranges = new List<(int First, int Last)>();
        set.CopyTo(ranges);
        int given = ranges.Count;
        if (ranges.Sum(static range => (long)range.Last - range.First + 1) <= FewMembers)
        {
            for (int i = 0; i < given; i++)
            {
                for (int codePoint = ranges[i].First; codePoint <= ranges[i].Last; codePoint++)
                {
                    if (orbits.TryGetValue(codePoint, out List<int>? orbit))
                    {
                        orbit.ForEach(other => ranges.Add((other, other)));
                    }
                }
            }
        }
        else
        {
            foreach ((int codePoint, List<int> orbit) in orbits)
            {
                if (set.Contains(codePoint))
                {
                    orbit.ForEach(other => ranges.Add((other, other)));
                }
            }
        }

        return ranges.Count == given ? set : CodePointSet.Of(ranges);
    }

    /// <summary>As the runtime itself compares: what it makes capitals of in other ways depends on whether it has ICU, and on which.</summary>
    private static Dictionary<int, List<int>> FindOrdinal()
    {
        var letters = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var orbits = new Dictionary<int, List<int>>();
        for (int codePoint = 0; codePoint <= LastCased; codePoint++)
        {
            if (Rune.TryCreate(codePoint, out Rune rune) && rune.ToString() is var letter && !letters.TryAdd(letter, codePoint))
            {
                Join(orbits, letters[letter], codePoint);
            }
        }

        return orbits;
    }

    private static Dictionary<int, List<int>> FindRe2()
    {
        var orbits = new Dictionary<int, List<int>>();

        // .NET keeps the long s out of its mapping, Unicode's folding does not.
        Join(orbits, 's', 0x17F);
        for (int codePoint = 0; codePoint <= LastCased; codePoint++)
        {
            // The Turkish dotted and dotless i fold to nothing outside Turkish.
            if (Rune.TryCreate(codePoint, out Rune rune) && codePoint is not (0x130 or 0x131))
            {
                Join(orbits, codePoint, Rune.ToUpperInvariant(rune).Value);
                Join(orbits, codePoint, Rune.ToLowerInvariant(rune).Value);
            }
        }

        return orbits;
    }

    private static void Join(Dictionary<int, List<int>> orbits, int one, int other)
    {
        if (one == other)
        {
            return;
        }

        List<int> joined = [.. OrbitOf(orbits, one).Union(OrbitOf(orbits, other))];
        joined.ForEach(member => orbits[member] = joined);
    }

    private static List<int> OrbitOf(Dictionary<int, List<int>> orbits, int codePoint) => orbits.TryGetValue(codePoint, out List<int>? orbit) ? orbit : [codePoint];
}
