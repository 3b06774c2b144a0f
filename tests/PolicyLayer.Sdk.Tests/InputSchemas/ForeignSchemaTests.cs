using System.Text.Json;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.InputSchemas;

/// <summary>What authors of tools write beyond JSON Schema does not keep their tools from being called.</summary>
public sealed class ForeignSchemaTests
{
    private static readonly ToolGuard Open = Judging.Guard([Judging.Tools("""{ "t": {} }""")]);

    [Theory]
    [InlineData("\"example\": 1")]
    [InlineData("\"nullable\": true")]
    [InlineData("\"discriminator\": {}")]
    [InlineData("\"xml\": {}")]
    [InlineData("\"externalDocs\": {}")]
    [InlineData("\"x-order\": 1")]
    [InlineData("\"optional\": true")]
    [InlineData("\"enumNames\": []")]
    [InlineData("\"enumDescriptions\": []")]
    [InlineData("\"markdownDescription\": \"\"")]
    [InlineData("\"deprecationMessage\": \"\"")]
    [InlineData("\"errorMessage\": \"\"")]
    [InlineData("\"defaultSnippets\": []")]
    [InlineData("\"propertyOrder\": 1")]
    [InlineData("\"propertyOrdering\": []")]
    [InlineData("\"placeholder\": \"\"")]
    [InlineData("\"label\": \"\"")]
    [InlineData("\"order\": 1")]
    [InlineData("\"hint\": \"\"")]
    [InlineData("\"name\": \"\"")]
    [InlineData("\"secret\": true")]
    [InlineData("\"unit\": \"s\"")]
    [InlineData("\"min\": 1")]
    [InlineData("\"max\": 1")]
    [InlineData("\"id\": \"a\"")]
    [InlineData("\"tags\": []")]
    [InlineData("\"options\": []")]
    [InlineData("\"in\": \"query\"")]
    [InlineData("\"style\": \"form\"")]
    [InlineData("\"explode\": true")]
    [InlineData("\"value\": 1")]
    [InlineData("\"values\": []")]
    [InlineData("\"kind\": \"\"")]
    [InlineData("\"tsType\": \"\"")]
    [InlineData("\"minimumLength\": 1")]
    [InlineData("\"defaultValue\": 1")]
    [InlineData("\"summary\": \"\"")]
    [InlineData("\"format\": \"int32\"")]
    [InlineData("\"format\": \"time\"")]
    [InlineData("\"$comment\": \"\"")]
    [InlineData("\"examples\": { \"usual\": { \"value\": \"a\" } }")]
    [InlineData("\"examples\": \"a\"")]
    [InlineData("\"description\": null")]
    [InlineData("\"deprecated\": \"since 2.0\"")]
    public void Remarks_judge_nothing(string remark)
    {
        Assert.Null(Compile($$"""{ "type": "object", {{remark}}, "properties": { "a": { "type": "string", {{remark}} } }, "$defs": { "b": { "items": [{ {{remark}} }], "anyOf": [{ {{remark}} }] } } }""".Replace("\"items\": [", "\"prefixItems\": [", StringComparison.Ordinal)).Problem);
    }

    [Theory]
    [InlineData("a@example.com", true)]
    [InlineData("nobody", false)]
    public void Formats_that_are_known_are_judged(string value, bool allowed) =>
        Assert.Equal(allowed, IsAllowed("""{ "properties": { "a": { "format": "email" }, "b": { "format": "int32" } } }""", $$"""{ "a": "{{value}}" }"""));

    [Fact]
    public void Members_and_values_of_those_names_are_no_remarks()
    {
        const string Schema = """{ "properties": { "example": { "const": { "format": "int32", "example": 1 } }, "format": { "type": "integer" } } }""";
        Assert.True(IsAllowed(Schema, """{ "example": { "format": "int32", "example": 1 }, "format": 1 }"""));
        Assert.False(IsAllowed(Schema, """{ "example": {} }"""));
        Assert.False(IsAllowed(Schema, """{ "format": "1" }"""));
    }

    [Fact]
    public void Schema_that_is_too_deep_or_no_text_cannot_be_enforced()
    {
        const string Problem = "it is more than 64 levels deep, or holds half of a surrogate pair";
        string deep = string.Concat(Enumerable.Repeat("""{ "not": """, 2_000)) + "{}" + new string('}', 2_000);
        using var document = JsonDocument.Parse(deep, new JsonDocumentOptions { MaxDepth = 3_000 });
        Assert.Equal(Problem, ToolSchema.Compile(document.RootElement).Problem);
        using var shallower = JsonDocument.Parse("""{ "a": """ + deep[..(9 * 70)] + "{}" + new string('}', 71), new JsonDocumentOptions { MaxDepth = 100 });
        Assert.Equal(Problem, ToolSchema.Compile(shallower.RootElement).Problem);
        Assert.Equal(Problem, Compile("""{ "\ud800": 1 }""").Problem);
    }

    private static ToolSchema Compile(string schema) => ToolSchema.Compile(JsonElement.Parse(schema));

    private static bool IsAllowed(string schema, string arguments) =>
        Open.Decide(Judging.Call("t", arguments) with { Context = new ToolCallContext { InputSchema = Compile(schema) } }).IsAllowed;
}
