using System.Text.Json;
using PolicyLayer.Sdk.NJsonSchema.Loading;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>What is allowed is judged.</summary>
public sealed class AllowedKeywordTests
{
    /// <summary>The keyword, a schema of the member <c>a</c>, a value that holds, and one that does not.</summary>
    public static TheoryData<string, string, string, string> Judged => new()
    {
        { "$ref", """{ "$ref": "#/definitions/A" }""", "\"x\"", "1" },
        { "definitions", """{ "allOf": [{ "$ref": "#/definitions/A" }] }""", "\"x\"", "1" },
        { "additionalItems", """{ "items": [{ "type": "string" }], "additionalItems": false }""", """["a"]""", """["a", 1]""" },
        { "additionalProperties", """{ "properties": { "b": {} }, "additionalProperties": false }""", """{ "b": 1 }""", """{ "c": 1 }""" },
        { "additionalProperties", """{ "additionalProperties": { "type": "string" } }""", """{ "b": "x" }""", """{ "b": 1 }""" },
        { "allOf", """{ "allOf": [{ "type": "string" }, { "maxLength": 1 }] }""", "\"x\"", "\"xx\"" },
        { "anyOf", """{ "anyOf": [{ "type": "string" }, { "type": "null" }] }""", "null", "1" },
        { "oneOf", """{ "oneOf": [{ "minimum": 1 }, { "maximum": 5 }] }""", "6", "3" },
        { "not", """{ "not": { "type": "string" } }""", "1", "\"x\"" },
        { "enum", """{ "type": "string", "enum": ["x"] }""", "\"x\"", "\"X\"" },
        { "enum", """{ "type": "integer", "enum": [1] }""", "1", "\"1\"" },
        { "maximum", """{ "maximum": 5 }""", "5", "5.00000000000000001" },
        { "minimum", """{ "minimum": 5 }""", "5.0", "4.99999999999999999999" },
        { "exclusiveMaximum", """{ "maximum": 5, "exclusiveMaximum": true }""", "4", "5" },
        { "exclusiveMaximum", """{ "exclusiveMaximum": 5 }""", "4", "5" },
        { "exclusiveMinimum", """{ "minimum": 5, "exclusiveMinimum": true }""", "6", "5" },
        { "exclusiveMinimum", """{ "exclusiveMinimum": 5 }""", "6", "5" },
        { "multipleOf", """{ "multipleOf": 0.1 }""", "0.3", "0.30000000000000004" },
        { "items", """{ "items": { "type": "string" } }""", """["x"]""", "[1]" },
        { "maxItems", """{ "maxItems": 1 }""", "[1]", "[1, 2]" },
        { "minItems", """{ "minItems": 1 }""", "[1]", "[]" },
        { "maxLength", """{ "maxLength": 1 }""", "\"x\"", "\"xx\"" },
        { "minLength", """{ "minLength": 2 }""", "\"xx\"", "\"x\"" },
        { "minLength", """{ "minLength": 2 }""", "\"xx\"", "\"\ud83d\ude00\"" },
        { "maxProperties", """{ "maxProperties": 1 }""", """{ "b": 1 }""", """{ "b": 1, "c": 2 }""" },
        { "minProperties", """{ "minProperties": 1 }""", """{ "b": 1 }""", "{}" },
        { "properties", """{ "properties": { "b": { "type": "string" } } }""", """{ "b": "x" }""", """{ "b": 1 }""" },
        { "properties", """{ "properties": { "b": { "type": "string" } } }""", """{ "b": "x" }""", """{ "B": "x" }""" },
        { "required", """{ "required": ["b"] }""", """{ "b": 1 }""", "{}" },
        { "type", """{ "type": "string" }""", "\"x\"", "1" },
        { "type", """{ "type": ["null", "integer"] }""", "null", "1.5" },
        { "type", """{ "type": "boolean" }""", "true", "\"true\"" },
    };

    [Theory]
    [MemberData(nameof(Judged))]
    public void Validate_judges_an_allowed_keyword(string keyword, string schema, string valid, string invalid)
    {
        Assert.Contains(keyword, Keywords.Judged.AsEnumerable());
        var validator = NJsonSchemaValidator.Load($$"""{ "definitions": { "A": { "type": "string" } }, "type": "object", "properties": { "a": {{schema}} } }""");
        Assert.Null(validator.Validate(JsonElement.Parse($$"""{ "a": {{valid}} }""")));
        Assert.NotNull(validator.Validate(JsonElement.Parse($$"""{ "a": {{invalid}} }""")));
    }

    [Fact]
    public void Every_allowed_keyword_has_a_case() =>
        Assert.Empty(Keywords.Judged.Except(Judged.Select(static row => row.Data.Item1), StringComparer.Ordinal));

    [Theory]
    [InlineData("1e400")]
    [InlineData("100000000000000000000")]
    [InlineData("0.00000000000000000000000000001")]
    public void Validate_number_that_cannot_be_judged_exactly_is_a_problem(string number) =>
        Assert.NotNull(NJsonSchemaValidator.Load("{}").Validate(JsonElement.Parse($$"""{ "a": {{number}} }""")));

    [Fact]
    public void Validate_names_the_place_and_never_the_value()
    {
        var validator = NJsonSchemaValidator.Load("""{ "properties": { "a": { "items": { "type": "integer" } } }, "x-remark": { "$ref": "https://example.com/a.json" } }""");
        string message = validator.Validate(JsonElement.Parse("""{ "a": [1, "secret"] }"""))!.Message;
        Assert.Equal("`a[1]` must be an integer", message);
    }

    [Fact]
    public void Validate_deep_arguments_of_a_recursive_schema_end()
    {
        var validator = NJsonSchemaValidator.Load("""{ "type": "object", "properties": { "a": { "anyOf": [{ "type": "null" }, { "$ref": "#" }] } }, "additionalProperties": false }""");
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 60));
        Assert.Null(validator.Validate(JsonElement.Parse(deep + "null" + new string('}', 60))));
        Assert.NotNull(validator.Validate(JsonElement.Parse(deep + "1" + new string('}', 60))));
    }
}
