namespace PolicyLayer.Sdk.Mcp.Tests.Bindings;

/// <summary>Arguments for <see cref="TypedTool"/> as text: values in the form that its schema asks for, and slips that a reader might forgive.</summary>
/// <param name="random">What decides.</param>
/// <param name="slips">One value in so many has a slip.</param>
internal sealed class GeneratedTypedArguments(Random random, int slips)
{
    private const string Id = "d85b1407-351d-4694-9392-03acc5870eb1";

    public string Make() => Object(
        ["level", "when", "order"],
        [
            ("level", Level),
            ("when", Date),
            ("order", Order),
            ("maybe", () => Value(["5", "null"], ["\"5\"", "5.5", "5.0", "\"\"", "true"])),
            ("big", () => Value(["9007199254740993", "-1"], ["\"9007199254740993\"", "1e3", "7.0", "99999999999999999999", "null"])),
            ("flag", () => Value(["true", "false"], ["\"false\"", "0", "null"])),
            ("ratio", () => Value(["0.25", "3"], ["\"0.25\"", "\"NaN\"", "\"Infinity\"", "1e999", "null"])),
        ]);

    private string Order() => Object(
        [],
        [
            ("level", Level),
            ("id", () => Value([$"\"{Id}\"", $"\"{Id.ToUpperInvariant()}\""], [$"\"{{{Id}}}\"", $"\"{Id.Replace("-", string.Empty, StringComparison.Ordinal)}\"", "1", "null"])),
            ("money", () => Value(["1.10", "2"], ["\"1.10\"", "\"2\"", "1e40", "null"])),
            ("due", () => random.Next(4) == 0 ? "null" : Date()),
        ]);

    private string Level() => Value(["\"Low\"", "\"High\""], ["\"low\"", "\"HIGH\"", "1", "0", "\"1\"", "\"Low, High\"", "\" Low\"", "null"]);

    private string Date() => Value(
        ["\"2026-01-02T03:04:05Z\"", "\"2026-01-02T03:04:05+02:00\""],
        ["\"2026-01-02\"", "\"2026-01-02T03:04:05\"", "\"2026-01-02T03:04Z\"", "\"2026-01-02 03:04:05Z\"", "\"2026-02-30T03:04:05Z\"", "\" 2026-01-02T03:04:05Z\"", "\"tomorrow\"", "0"]);

    private string Value(string[] good, string[] bad) => random.Next(slips) == 0 ? bad[random.Next(bad.Length)] : good[random.Next(good.Length)];

    /// <summary>Members in any order; those that need not be there may be left out, and a name may stand in another case.</summary>
    private string Object(string[] needed, (string Name, Func<string> Value)[] members)
    {
        random.Shuffle(members);
        var all = new List<string>();
        foreach ((string name, Func<string> value) in members)
        {
            if (needed.Contains(name) || random.Next(2) == 0)
            {
                string written = random.Next(4 * slips) == 0 ? char.ToUpperInvariant(name[0]) + name[1..] : name;
                all.Add($"\"{written}\": {value()}");
            }
        }

        return $"{{ {string.Join(", ", all)} }}";
    }
}
