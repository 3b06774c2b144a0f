using System.Globalization;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>The sets of <c>\p{..}</c>: Unicode's general categories, in the version of Unicode that .NET knows.</summary>
internal static class UnicodeCategories
{
    /// <summary>In the order of <see cref="UnicodeCategory"/>. Code points not assigned have no name in RE2, and are not in its <c>C</c>.</summary>
    private static readonly string[] Names =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
        "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
    ];

    private static readonly Lazy<Dictionary<string, CodePointSet>> Sets = new(Read);

    /// <summary>The set of a category such as <c>L</c> or <c>Lu</c>, or of <c>Any</c>; null for all other names.</summary>
    public static CodePointSet? Find(string name) => name == "Any" ? CodePointSet.Everything : Sets.Value.GetValueOrDefault(name);

    private static Dictionary<string, CodePointSet> Read()
    {
        var ranges = new Dictionary<string, List<(int First, int Last)>>(StringComparer.Ordinal);
        int first = 0;
        for (int codePoint = 1; codePoint <= 0x110000; codePoint++)
        {
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(first);
            if (codePoint <= 0x10FFFF && CharUnicodeInfo.GetUnicodeCategory(codePoint) == category)
            {
                continue;
            }

            if ((int)category < Names.Length)
            {
                string name = Names[(int)category];
                RangesOf(ranges, name).Add((first, codePoint - 1));
                RangesOf(ranges, name[..1]).Add((first, codePoint - 1));
            }

            first = codePoint;
        }

        return ranges.ToDictionary(static pair => pair.Key, static pair => CodePointSet.Of(pair.Value), StringComparer.Ordinal);
    }

    private static List<(int First, int Last)> RangesOf(Dictionary<string, List<(int First, int Last)>> ranges, string name)
    {
        if (!ranges.TryGetValue(name, out List<(int First, int Last)>? found))
        {
            ranges[name] = found = [];
        }

        return found;
    }
}
