using System.Globalization;

namespace PolicyLayer.Sdk.Mcp.Tests.Bindings;

/// <summary>Arguments for <see cref="BoundTool"/> as text: mostly right, with slips of the kinds that a binder forgives.</summary>
/// <param name="random">What decides.</param>
/// <param name="slips">One member in so many has a slip.</param>
internal sealed class GeneratedArguments(Random random, int slips)
{
    private static readonly string[] Texts = ["\"a\"", "\"/etc/passwd\"", "\"7\"", "\"\"", "\"\\u0061\""];

    private static readonly string[] Keys = ["a", "b", "path"];

    public string Make()
    {
        var members = new List<string> { Member("opts", Node(0)), Member("count", Number()) };
        Maybe(members, "name", Text);
        Maybe(members, "items", () => $"[{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Node(1)))}]");
        Maybe(members, "map", () => $$"""{ {{string.Join(", ", Keys.Take(random.Next(4)).Select(name => Member(name, Number())))}} }""");
        return Close(members);
    }

    private string Node(int depth)
    {
        var members = new List<string>();
        Maybe(members, "path", Text);
        Maybe(members, "lines", Number);
        Maybe(members, "deep", () => random.Next(8) == 0 ? "\"true\"" : "true");
        if (depth < 4)
        {
            Maybe(members, "next", () => Node(depth + 1));
        }

        return Close(members);
    }

    private void Maybe(List<string> members, string name, Func<string> value)
    {
        if (random.Next(2) == 0)
        {
            members.Add(Member(name, value()));
        }
    }

    private string Close(List<string> members)
    {
        if (members.Count > 0 && IsSlip())
        {
            // The same member again, in its own or another case, before or behind the first.
            members.Insert(random.Next(members.Count + 1), Cased(members[random.Next(members.Count)]));
        }

        if (IsSlip())
        {
            members.Add("\"extra\": { \"path\": 1 }");
        }

        return $"{{ {string.Join(", ", members)} }}";
    }

    private string Member(string name, string value)
    {
        string written = IsSlip() ? random.Next(3) switch
        {
            0 => name.ToUpperInvariant(),
            1 => char.ToUpperInvariant(name[0]) + name[1..],
            _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)name[0]:x4}{name[1..]}"),
        } : name;
        return $"\"{written}\": {value}";
    }

    private string Cased(string member) => random.Next(2) == 0 ? member : $"\"{char.ToUpperInvariant(member[1])}{member[2..]}";

    private string Text() => IsSlip() ? "null" : Texts[random.Next(Texts.Length)];

    private string Number() => IsSlip() ? random.Next(5) switch
    {
        0 => "\"7\"",
        1 => "7.0",
        2 => "7e0",
        3 => "null",
        _ => "true",
    } : random.Next(100).ToString(CultureInfo.InvariantCulture);

    private bool IsSlip() => random.Next(slips) == 0;
}
