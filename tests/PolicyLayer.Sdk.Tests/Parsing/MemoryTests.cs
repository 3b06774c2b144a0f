using System.Globalization;
using System.Text;

namespace PolicyLayer.Sdk.Tests.Parsing;

/// <summary>Reading a document takes a bounded multiple of its size, whatever it is made of (docs/policy-format.md).</summary>
public sealed class MemoryTests
{
    private const int Multiple = 250;
    private const string Patterns = """{"version":"1","default":"deny","tools":{""";

    public static TheoryData<string> Shapes() => ["numbers", "lists", "members", "tools", "rules", "errors", "twins", "hidden", "text", "patterns", "repetitions", "schemas", "references", "subschemas", "schema-patterns", "wrong-schemas"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Parse_allocates_at_most_the_documented_multiple_of_its_input(string shape)
    {
        byte[] document = Document(shape, 200_000);
        _ = ToolPolicy.TryParse(document, "warm", out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = ToolPolicy.TryParse(document, "p", out _, out _);
        double multiple = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)document.Length;
        Assert.True(multiple <= Multiple, string.Create(CultureInfo.InvariantCulture, $"{shape}: {multiple:0} times"));
    }

    private static byte[] Document(string shape, int size)
    {
        (string Open, Func<int, string> Item, string Close) parts = shape switch
        {
            "numbers" => ("""{"version":"1","default":"deny","x-a":[""", static _ => "0", "]}"),
            "lists" => ("""{"version":"1","default":"deny","x-a":[""", static _ => "[]", "]}"),
            "members" => ("""{"version":"1","default":"deny","x-a":{""", static i => $"\"{i:x}\":0", "}}"),
            "tools" => ("""{"version":"1","default":"deny","tools":{""", static i => $"\"{i:x}\":{{}}", "}}"),
            "rules" => ("""{"version":"1","default":"deny","tools":{""", static i => $"\"{i:x}\":{{\"deny_if\":[{{\"conditions\":[{{\"path\":\"args.x\",\"op\":\"eq\",\"value\":{i}}}]}}]}}", "}}"),
            "errors" => ("""{"version":"1","default":"deny","tools":{""", static i => $"\"{i:x}\":0", "}}"),
            "twins" => ("""{"version":"1","default":"deny","tools":{""", static _ => "\"a\":{}", "}}"),
            "hidden" => ("""{"version":"1","default":"deny","hide":[""", static i => $"\"{i:x}*\"", "]}"),
            "patterns" => (Patterns, static i => $"\"{i:x}\":{{\"deny_if\":[{{\"conditions\":[{{\"path\":\"args.x\",\"op\":\"regex\",\"value\":\"^[a-z]+-{i:x}$\"}}]}}]}}", "}}"),
            "repetitions" => (Patterns, static i => $"\"{i:x}\":{{\"deny_if\":[{{\"conditions\":[{{\"path\":\"args.x\",\"op\":\"regex\",\"value\":\"(a{{70}}){{70}}\"}}]}}]}}", "}}"),
            "schema-patterns" => (Patterns, static i => $"\"{i:x}\":{{\"arguments\":{{\"properties\":{{\"a\":{{\"pattern\":\"^[a-z]+-{i:x}$\"}}}}}}}}", "}}"),
            "wrong-schemas" => (Patterns, static i => $"\"{i:x}\":{{\"arguments\":{{\"pattern\":\"(a{{70}}){{70}}\",\"nope\":1}}}}", "}}"),
            "schemas" => (Patterns, static i => $"\"{i:x}\":{{\"arguments\":{{\"properties\":{{\"a\":{{\"type\":\"string\"}},\"b\":{{\"enum\":[1,2]}}}}}}}}", "}}"),
            "references" => (Patterns, static i => $"\"{i:x}\":{{\"arguments\":{{\"$defs\":{{\"a\":{{\"$anchor\":\"a\"}}}},\"items\":{{\"$ref\":\"#/$defs/a\"}},\"not\":{{\"$ref\":\"#a\"}}}}}}", "}}"),
            "subschemas" => (Patterns + "\"a\":{\"arguments\":{\"prefixItems\":[", static i => i % 2 == 0 ? "{}" : "{\"$ref\":\"#\"}", "]}}}}"),
            _ => ("""{"version":"1","default":"deny","x-a":[""", static _ => "\"" + new string('x', 1000) + "\"", "]}"),
        };
        var text = new StringBuilder(parts.Open);
        for (int i = 0; text.Length < size; i++)
        {
            text.Append(i == 0 ? string.Empty : ",").Append(parts.Item(i));
        }

        return Encoding.UTF8.GetBytes(text.Append(parts.Close).ToString());
    }
}
