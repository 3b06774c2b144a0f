using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Limits;

/// <summary>Texts made to cost time, or that are none, where a schema searches them.</summary>
public sealed class HostileTextTests
{
    private const string TooManySteps = "takes too many steps to search with the patterns of the schema";

    [Theory]
    [InlineData("""{ "pattern": ".{0,1000}.{0,1000}b" }""")]
    [InlineData("""{ "not": { "pattern": ".{0,1000}.{0,1000}b" } }""")]
    [InlineData("""{ "anyOf": [{ "type": "string" }, true], "allOf": [{ "pattern": ".{0,1000}.{0,1000}b" }] }""")]
    public void A_search_of_too_many_steps_makes_the_instance_not_valid(string schema) =>
        AssertUndecidable(schema, $"\"{new string('a', 1_000_000)}\"", "the value", TooManySteps);

    [Theory]
    [InlineData("""{ "patternProperties": { ".{0,1000}.{0,1000}b": true } }""")]
    [InlineData("""{ "patternProperties": { ".{0,1000}.{0,1000}b": true }, "additionalProperties": false }""")]
    [InlineData("""{ "not": { "patternProperties": { ".{0,1000}.{0,1000}b": true, "a": { "type": "null" } } } }""")]
    public void A_name_of_too_many_steps_makes_the_instance_not_valid(string schema) =>
        AssertUndecidable(schema, $$"""{ "{{new string('a', 1_000_000)}}": 1 }""", "the name `aaaa", TooManySteps);

    [Fact]
    public void Many_searches_of_many_steps_are_bounded_together()
    {
        string schema = $$"""{ "allOf": [{{string.Join(',', Enumerable.Range(0, 300).Select(i => $$"""{ "pattern": "[^b]{{{300 - i}}}" }"""))}}] }""";

        AssertUndecidable(schema, $"\"{new string('a', 100_000)}\"", "the value", TooManySteps);
        Assert.True(JsonSchema.Compile(schema).IsValid(JsonDocument.Parse($"\"{new string('a', 10_000)}\"").RootElement));
    }

    [Theory]
    [InlineData("""{ "pattern": "a" }""")]
    [InlineData("""{ "not": { "pattern": "b" } }""")]
    [InlineData("""{ "pattern": "^[^b]*$" }""")]
    public void A_value_that_is_not_UTF8_is_not_valid(string schema)
    {
        AssertUndecidable(schema, [(byte)'"', (byte)'a', 0xC0, 0x80, (byte)'"'], "the value", "is not a text in UTF-8");
        AssertUndecidable(schema, [(byte)'"', (byte)'a', (byte)'\\', (byte)'n', 0xFF, (byte)'"'], "the value", "is not a text in UTF-8");
    }

    [Theory]
    [InlineData("""{ "patternProperties": { "a": true } }""")]
    [InlineData("""{ "not": { "patternProperties": { "a": false } } }""")]
    public void A_name_that_is_not_UTF8_is_not_valid(string schema) =>
        AssertUndecidable(schema, [(byte)'{', (byte)'"', (byte)'a', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}'], "the name `a", "is not a text in UTF-8");

    private static void AssertUndecidable(string schema, string instance, string subject, string obstacle) =>
        AssertUndecidable(schema, System.Text.Encoding.UTF8.GetBytes(instance), subject, obstacle);

    private static void AssertUndecidable(string schema, byte[] instance, string subject, string obstacle)
    {
        JsonSchema compiled = JsonSchema.Compile(schema);
        using JsonDocument document = JsonDocument.Parse(instance);

        Assert.False(compiled.IsValid(document.RootElement));
        JsonValidationError error = compiled.Validate(document.RootElement)[0];
        Assert.StartsWith(subject, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(obstacle, error.Message, StringComparison.Ordinal);
    }
}
