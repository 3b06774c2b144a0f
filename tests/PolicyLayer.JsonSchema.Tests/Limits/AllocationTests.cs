using System.Text.Json;
using PolicyLayer.Schemas.Tests.Cases;

namespace PolicyLayer.Schemas.Tests.Limits;

public sealed class AllocationTests
{
    private const int Rounds = 100;

    public static TheoryData<string> Files => [.. CaseFiles.OfInstances];

    [Theory]
    [MemberData(nameof(Files))]
    public void Judging_allocates_nothing(string file)
    {
        foreach (JsonElement group in CaseFiles.Read(file).Where(group => !group.TryGetProperty("allocates", out _)))
        {
            JsonSchema schema = JsonSchema.Compile(group.GetProperty("schema"), CaseFiles.OptionsOf(group));
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                JsonElement data = test.GetProperty("data");
                Assert.True(Measure(() => schema.IsValid(data)) == 0, data.GetRawText());
                if (CaseFiles.ToDictionary(data) is { } members)
                {
                    Assert.True(Measure(() => schema.IsValid(members)) == 0, data.GetRawText());
                }
            }
        }
    }

    [Theory]
    [InlineData("""{ "properties": { "@": true }, "additionalProperties": false }""", """{ "@": 1 }""")]
    [InlineData("""{ "properties": { "@": true }, "additionalProperties": false }""", """{ "\u0061@": 1 }""")]
    [InlineData("""{ "const": "@" }""", "\"@\"")]
    [InlineData("""{ "enum": ["@"] }""", "\"\\u006e@\"")]
    [InlineData("""{ "items": { "maxLength": 4000, "minLength": 1 } }""", "[\"\\n@\", \"ä@\", \"@@@@@@@@@\"]")]
    [InlineData("""{ "pattern": "^n+$" }""", "\"@\"")]
    [InlineData("""{ "items": { "pattern": "\\n\\p{L}*$" } }""", "[\"\\n@\", \"ä@\", \"😀@\"]")]
    [InlineData("""{ "patternProperties": { "^n+$": true }, "additionalProperties": false }""", """{ "@": 1, "\u006e@": 1 }""")]
    [InlineData("""{ "uniqueItems": true }""", "[\"@\", \"@1\", \"@2\"]")]
    [InlineData("""{ "$ref": "#/$defs/a", "unevaluatedProperties": false, "$defs": { "a": { "patternProperties": { "^n+$": { "$ref": "#/$defs/b" } } }, "b": { "format": "uri-reference", "pattern": "n$" } } }""", """{ "@": "@", "\u006e@": "\u006e@" }""")]
    public void Judging_long_texts_allocates_nothing(string schemaText, string instance)
    {
        string text = new('n', 1000);
        JsonSchema schema = JsonSchema.Compile(schemaText.Replace("@", text, StringComparison.Ordinal));
        using JsonDocument document = JsonDocument.Parse(instance.Replace("@", text, StringComparison.Ordinal));
        JsonElement data = document.RootElement;

        Assert.Equal(0, Measure(() => schema.IsValid(data)));
        if (CaseFiles.ToDictionary(data) is { } members)
        {
            Assert.Equal(0, Measure(() => schema.IsValid(members)));
        }
    }

    [Theory]
    [InlineData("""{ "allOf": [{ "$ref": "#/$defs/a" }], "unevaluatedProperties": { "type": "integer" }, "$defs": { "a": { "anyOf": [{ "required": ["m1"] }, { "properties": { "m2": true } }] } } }""")]
    [InlineData("""{ "$id": "http://h/s", "$dynamicAnchor": "n", "$ref": "t", "unevaluatedProperties": false, "$defs": { "t": { "$id": "t", "$dynamicAnchor": "n", "additionalProperties": { "anyOf": [{ "type": "integer" }, { "$dynamicRef": "#n" }] } } } }""")]
    [InlineData("""{ "$ref": "#/$defs/a", "unevaluatedProperties": { "$ref": "#/$defs/i" }, "$defs": { "a": { "anyOf": [{ "patternProperties": { "[02468]$": { "$ref": "#/$defs/i" } } }, { "required": ["x"] }] }, "i": { "type": "integer", "format": "date", "pattern": "^x" } } }""")]
    public void Judging_large_objects_for_what_is_left_over_allocates_nothing(string schemaText)
    {
        JsonSchema schema = JsonSchema.Compile(schemaText);
        using JsonDocument document = JsonDocument.Parse($"{{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"m{i}\": {i}"))}}}");
        JsonElement data = document.RootElement;

        Assert.True(schema.IsValid(data));
        Assert.Equal(0, Measure(() => schema.IsValid(data)));
    }

    [Fact]
    public void Judging_formats_allocates_nothing()
    {
        // Whether a text is a regular expression is found out by the parser for those of schemas, which makes a tree.
        foreach (JsonElement group in CaseFiles.Read("formats").Where(group => !group.GetProperty("format").ValueEquals("regex")))
        {
            JsonSchema schema = JsonSchema.Compile($$"""{ "format": {{group.GetProperty("format").GetRawText()}} }""");
            foreach (JsonElement text in group.GetProperty("valid").EnumerateArray().Concat(group.GetProperty("invalid").EnumerateArray()))
            {
                Assert.True(Measure(() => schema.IsValid(text)) == 0, text.GetRawText());
            }
        }
    }

    [Fact]
    public void Measuring_sees_an_allocation() => Assert.NotEqual(0, Measure(() => new object() is not null));

    private static long Measure(Func<bool> judge)
    {
        // Warmed up, so that pools are filled and statics are there.
        _ = Repeat(judge);
        long least = long.MaxValue;

        // A collection empties pools, and other tests cause some; what is allocated always is allocated in each round.
        for (int i = 0; i < 3 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = Repeat(judge);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static int Repeat(Func<bool> judge)
    {
        int valid = 0;
        for (int i = 0; i < Rounds; i++)
        {
            valid += judge() ? 1 : 0;
        }

        return valid;
    }
}
