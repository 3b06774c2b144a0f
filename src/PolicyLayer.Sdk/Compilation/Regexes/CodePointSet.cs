using System.Globalization;
using System.Text;

namespace PolicyLayer.Sdk.Compilation.Regexes;

/// <summary>A set of Unicode code points. .NET's engine knows only UTF-16 units, so what lies beyond the Basic Multilingual Plane is written as surrogate pairs.</summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;

    private readonly List<(int Low, int High)> _ranges = [];

    public static CodePointSet Everything { get; } = new CodePointSet().Complement();

    public static CodePointSet AllButLineFeed { get; } = Of('\n', '\n').Complement();

    public static CodePointSet Of(params ReadOnlySpan<char> bounds)
    {
        var set = new CodePointSet();
        for (int i = 0; i < bounds.Length; i += 2)
        {
            set.Add(bounds[i], bounds[i + 1]);
        }

        return set;
    }

    public void Add(int low, int high) => _ranges.Add((low, high));

    public void Add(CodePointSet other) => _ranges.AddRange(other._ranges);

    public bool Contains(int codePoint) => _ranges.Exists(range => range.Low <= codePoint && codePoint <= range.High);

    public CodePointSet Complement()
    {
        var complement = new CodePointSet();
        int next = 0;
        foreach ((int low, int high) in Merged())
        {
            if (low > next)
            {
                complement.Add(next, low - 1);
            }

            next = high + 1;
        }

        if (next <= Last)
        {
            complement.Add(next, Last);
        }

        return complement;
    }

    /// <summary>Writes the set as a part of a .NET pattern that can be repeated; answers how large it is.</summary>
    public int Write(StringBuilder output)
    {
        var units = new StringBuilder();
        var pairs = new List<string>();
        foreach ((int low, int high) in Merged())
        {
            Units(units, low, Math.Min(high, 0xD7FF));
            Units(units, Math.Max(low, 0xE000), Math.Min(high, 0xFFFF));
            Pairs(pairs, Math.Max(low, 0x10000), high);
        }

        if (units.Length > 0)
        {
            pairs.Insert(0, $"[{units}]");
        }

        _ = pairs.Count switch
        {
            0 => output.Append(@"[^\u0000-\uFFFF]"),
            1 when units.Length > 0 => output.Append(pairs[0]),
            _ => output.Append("(?:").AppendJoin('|', pairs).Append(')'),
        };
        return Math.Max(1, pairs.Count);
    }

    /// <summary>The same code points in order, none twice.</summary>
    private List<(int Low, int High)> Merged()
    {
        var merged = new List<(int Low, int High)>();
        foreach ((int low, int high) in _ranges.Order())
        {
            if (merged.Count > 0 && low <= merged[^1].High + 1)
            {
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, high));
            }
            else
            {
                merged.Add((low, high));
            }
        }

        return merged;
    }

    private static void Units(StringBuilder output, int low, int high)
    {
        if (low <= high)
        {
            output.Append(Unit(low)).Append('-').Append(Unit(high));
        }
    }

    private static void Pairs(List<string> output, int low, int high)
    {
        while (low <= high)
        {
            (int lead, int trail) = Split(low);
            (int lastLead, int lastTrail) = Split(high);
            if (lead == lastLead || trail != 0xDC00)
            {
                int end = lead == lastLead ? lastTrail : 0xDFFF;
                output.Add($"{Unit(lead)}[{Unit(trail)}-{Unit(end)}]");
                low += end - trail + 1;
                continue;
            }

            int lastWhole = lastTrail == 0xDFFF ? lastLead : lastLead - 1;
            output.Add($"[{Unit(lead)}-{Unit(lastWhole)}][\\uDC00-\\uDFFF]");
            low += (lastWhole - lead + 1) << 10;
        }
    }

    private static (int Lead, int Trail) Split(int codePoint) => (0xD800 + ((codePoint - 0x10000) >> 10), 0xDC00 + ((codePoint - 0x10000) & 0x3FF));

    private static string Unit(int unit) => string.Create(CultureInfo.InvariantCulture, $"\\u{unit:X4}");
}
