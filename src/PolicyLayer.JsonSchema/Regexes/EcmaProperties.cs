namespace PolicyLayer.Schemas.Regexes;

/// <summary>The sets of <c>\p{…}</c> in ECMA-262: general categories by both their names, and the three properties of code points as such.</summary>
internal static class EcmaProperties
{
    /// <summary>Names as ECMA-262 takes them from Unicode's <c>PropertyValueAliases.txt</c>, the short one first.</summary>
    private static readonly string[] Names =
    [
        "C Other", "Cc Control cntrl", "Cf Format", "Cn Unassigned", "Co Private_Use", "Cs Surrogate",
        "L Letter", "LC Cased_Letter", "Ll Lowercase_Letter", "Lm Modifier_Letter", "Lo Other_Letter", "Lt Titlecase_Letter", "Lu Uppercase_Letter",
        "M Mark Combining_Mark", "Mc Spacing_Mark", "Me Enclosing_Mark", "Mn Nonspacing_Mark",
        "N Number", "Nd Decimal_Number digit", "Nl Letter_Number", "No Other_Number",
        "P Punctuation punct", "Pc Connector_Punctuation", "Pd Dash_Punctuation", "Pe Close_Punctuation", "Pf Final_Punctuation",
        "Pi Initial_Punctuation", "Po Other_Punctuation", "Ps Open_Punctuation",
        "S Symbol", "Sc Currency_Symbol", "Sk Modifier_Symbol", "Sm Math_Symbol", "So Other_Symbol",
        "Z Separator", "Zl Line_Separator", "Zp Paragraph_Separator", "Zs Space_Separator",
    ];

    private static readonly Lazy<Dictionary<string, CodePointSet>> Categories = new(ReadCategories);

    /// <summary>The set of what stands in the braces; null when it is not known.</summary>
    public static CodePointSet? Find(string name) => name switch
    {
        "Any" => CodePointSet.Everything,
        "ASCII" => AsciiSets.Posix("ascii"),
        "Assigned" => Categories.Value["Cn"].Complement(),
        _ when name.StartsWith("gc=", StringComparison.Ordinal) => Categories.Value.GetValueOrDefault(name[3..]),
        _ when name.StartsWith("General_Category=", StringComparison.Ordinal) => Categories.Value.GetValueOrDefault(name[17..]),
        _ => Categories.Value.GetValueOrDefault(name),
    };

    private static Dictionary<string, CodePointSet> ReadCategories()
    {
        // What is not assigned is a category here, unlike in RE2.
        CodePointSet unassigned = Union([.. "CLMNPSZ".Select(static letter => UnicodeCategories.Find(letter.ToString())!)]).Complement();
        var sets = new Dictionary<string, CodePointSet>(StringComparer.Ordinal);
        foreach (string names in Names)
        {
            string[] each = names.Split(' ');
            CodePointSet set = each[0] switch
            {
                "Cn" => unassigned,
                "C" => Union(UnicodeCategories.Find("C")!, unassigned),
                "LC" => Union(UnicodeCategories.Find("Lu")!, UnicodeCategories.Find("Ll")!, UnicodeCategories.Find("Lt")!),
                string category => UnicodeCategories.Find(category)!,
            };
            Array.ForEach(each, name => sets.Add(name, set));
        }

        return sets;
    }

    private static CodePointSet Union(params CodePointSet[] sets)
    {
        var ranges = new List<(int, int)>();
        Array.ForEach(sets, set => set.CopyTo(ranges));
        return CodePointSet.Of(ranges);
    }
}
