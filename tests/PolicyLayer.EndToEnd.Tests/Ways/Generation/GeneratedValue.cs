namespace PolicyLayer.EndToEnd.Tests.Ways.Generation;

/// <summary>Values of arguments, near those that a case's policy speaks of.</summary>
internal sealed class GeneratedValue(Draw draw)
{
    private readonly List<string> _spokenOf = [];

    public string Number() => Remember(draw.Of(draw.Of(Texts.Numbers)));

    public string String() => Remember(draw.Of(draw.Of(Texts.Strings)));

    public string Scalar() => draw.Below(5) switch
    {
        0 => Remember(draw.Of(Texts.Scalars[..2])),
        <= 2 => Number(),
        _ => String(),
    };

    public string Any() => draw.Below(4) switch
    {
        0 => draw.Of(Texts.Scalars),
        1 => draw.Of(Texts.Nested),
        _ => Scalar(),
    };

    /// <summary>What a policy speaks of, in this spelling or another; or something else, or that within something.</summary>
    public string Near()
    {
        string value = _spokenOf.Count == 0 || draw.OneIn(4) ? Any() : draw.Of(_spokenOf);
        return draw.Below(8) switch
        {
            0 => $"[{value}]",
            1 => $$"""{{{draw.Of("\"price\"", "\"a\"", "\"\"")}}:{{value}}}""",
            2 => value.StartsWith('"') ? "null" : $"\"{value.Replace("\"", string.Empty, StringComparison.Ordinal).Replace("\\", string.Empty, StringComparison.Ordinal)}\"",
            3 => OneOff(value),
            _ => Respelt(value),
        };
    }

    private static string[] Row(string value) => Texts.Numbers.Concat(Texts.Strings).FirstOrDefault(row => row.Contains(value)) ?? [value];

    private string Respelt(string value) => draw.Of(Row(value));

    private string OneOff(string value)
    {
        string[][] rows = value.StartsWith('"') ? Texts.Strings : Texts.Numbers;
        int at = Array.FindIndex(rows, row => row.Contains(value));
        return at < 0 ? value : draw.Of(rows[(at + 1) % rows.Length]);
    }

    private string Remember(string value)
    {
        _spokenOf.Add(value);
        return value;
    }
}
