using PolicyLayer.Sdk.NJsonSchema.Loading;
using ForeignSchema = global::NJsonSchema.JsonSchema;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>What is refused is refused for a reason: NJsonSchema by itself takes arguments that the schema forbids.</summary>
public sealed class RefusedKeywordTests
{
    /// <summary>The place, a schema, and an instance that it forbids.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "/$defs", """{ "$defs": { "a": { "pattern": "^x$" } }, "type": "object", "additionalProperties": { "type": "string" }, "x-see": "#/$defs/a" , "propertyNames": { "$ref": "#/$defs/a" } }""", """{ "b": "b" }""" },
        { "/$dynamicRef", """{ "$dynamicRef": "#" , "const": 2 }""", "1" },
        { "/const", """{ "const": 2 }""", "1" },
        { "/contains", """{ "contains": { "type": "string" } }""", "[1]" },
        { "/contentEncoding", """{ "type": "string", "contentEncoding": "base64" }""", "\"!\"" },
        { "/contentMediaType", """{ "type": "string", "contentMediaType": "application/json" }""", "\"{\"" },
        { "/dependencies", """{ "dependencies": { "a": ["b"] } }""", """{ "a": 1 }""" },
        { "/dependentRequired", """{ "dependentRequired": { "a": ["b"] } }""", """{ "a": 1 }""" },
        { "/dependentSchemas", """{ "dependentSchemas": { "a": { "required": ["b"] } } }""", """{ "a": 1 }""" },
        { "/discriminator", """{ "discriminator": "kind", "properties": { "kind": { "type": "string" } } }""", """{ "kind": "unknown" }""" },
        { "/disallow", """{ "disallow": "string" }""", "\"a\"" },
        { "/divisibleBy", """{ "divisibleBy": 2 }""", "3" },
        { "/else", """{ "else": { "maximum": 1 }, "if": { "maximum": 1 } }""", "2" },
        { "/extends", """{ "extends": { "type": "string" } }""", "1" },
        { "/format", """{ "format": "int32", "type": "integer" }""", "3000000000" },
        { "/format", """{ "format": "uri", "type": "string" }""", "\"/tmp/x\"" },
        { "/format", """{ "format": "uuid", "type": "string" }""", "\"{00000000-0000-0000-0000-000000000000}\"" },
        { "/if", """{ "if": { "maximum": 1 }, "else": { "maximum": 1 } }""", "2" },
        { "/maxContains", """{ "maxContains": 1, "contains": { "type": "string" } }""", """["a", "a"]""" },
        { "/minContains", """{ "minContains": 1, "contains": { "type": "string" } }""", "[1]" },
        { "/pattern", """{ "pattern": "^\\d$" }""", "\"\u0663\"" },
        { "/pattern", """{ "pattern": "^a$" }""", "\"a\\n\"" },
        { "/patternProperties", """{ "patternProperties": { "^a": { "type": "string" }, "b$": { "maxLength": 1 } } }""", """{ "ab": "aaa" }""" },
        { "/prefixItems", """{ "prefixItems": [{ "type": "string" }] }""", "[1]" },
        { "/propertyNames", """{ "propertyNames": { "maxLength": 1 } }""", """{ "ab": 1 }""" },
        { "/then", """{ "then": { "maximum": 1 }, "if": { "minimum": 1 } }""", "2" },
        { "/unevaluatedItems", """{ "unevaluatedItems": false }""", "[1]" },
        { "/unevaluatedProperties", """{ "unevaluatedProperties": false }""", """{ "a": 1 }""" },
        { "/uniqueItems", """{ "uniqueItems": true }""", """[{ "a": 1, "b": 2 }, { "b": 2, "a": 1 }]""" },
        { "/x-dictionaryKey", """{ "x-dictionaryKey": { "enum": ["a"] } }""", """{ "b": 1 }""" },
        { "/x-nullable", """{ "x-nullable": true, "type": "string" }""", "null" },
        { "/nullable", """{ "nullable": true, "type": "string" }""", "null" },
        { "/enum", """{ "enum": [1] }""", "\"1\"" },
        { "/enum", """{ "type": "string", "enum": ["a", null] }""", "null" },
        { "/enum", """{ "enum": [] }""", "1" },
        { "/type", """{ "type": "strin" }""", "5" },
        { "/type", """{ "type": [] }""", "5" },
        { "/type", """{ "type": null }""", "5" },
        { "/maxItems", """{ "maxItems": 0 }""", "[1]" },
        { "/maxProperties", """{ "maxProperties": 0 }""", """{ "a": 1 }""" },
        { "/maxLength", """{ "maxLength": null }""", "\"aaa\"" },
        { "/additionalProperties", """{ "additionalProperties": null }""", """{ "a": 1 }""" },
        { "/items", """{ "items": null }""", "[1]" },
        { "/items", """{ "items": [], "additionalItems": false }""", "[1]" },
        { "/additionalItems", """{ "additionalItems": false, "type": "array", "unknown": 1 }""", "[1]" },
        { "/anyOf", """{ "anyOf": [] }""", "1" },
        { "/properties/a/$ref", """{ "definitions": { "A": { "type": "string" } }, "properties": { "a": { "$ref": "#/definitions/A", "maxLength": 1 } } }""", """{ "a": "aaa" }""" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Load_keyword_that_is_judged_wrongly_is_refused(string pointer, string schema, string instance)
    {
        ForeignSchema raw = await ForeignSchema.FromJsonAsync(schema, TestContext.Current.CancellationToken);
        Assert.Empty(raw.Validate(instance));
        if (pointer == "/additionalItems")
        {
            schema = schema.Replace(", \"unknown\": 1", string.Empty, StringComparison.Ordinal);
        }

        SchemaRefusedException refused = Assert.Throws<SchemaRefusedException>(() => NJsonSchemaValidator.Load(schema));
        Assert.Equal(pointer, refused.Pointer);
    }

    [Fact]
    public void Every_refused_keyword_has_a_case()
    {
        string[] cases = [.. Wrong.Select(static row => row.Data.Item1.Split('/')[^1])];
        Assert.Empty(Keywords.Refused.Keys.Except(cases, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/$ref", """{ "$ref": "https://example.com/a.json" }""")]
    [InlineData("/$ref", """{ "$ref": "file:///etc/passwd" }""")]
    [InlineData("/$ref", """{ "$ref": "other.json#/definitions/A" }""")]
    [InlineData("/$ref", """{ "$ref": "#/definitions/nowhere" }""")]
    [InlineData("/$ref", """{ "$ref": "#/properties/a" }""")]
    [InlineData("/id", """{ "id": "https://example.com/a" }""")]
    [InlineData("/$schema", """{ "$schema": "https://json-schema.org/draft/2020-12/schema" }""")]
    [InlineData("/maxLenght", """{ "maxLenght": 5 }""")]
    [InlineData("/properties/a/items/not/const", """{ "properties": { "a": { "items": { "not": { "const": 1 } } } } }""")]
    [InlineData("/properties/a", """{ "properties": { "a": true } }""")]
    [InlineData("/properties/$ref", """{ "properties": { "$ref": {} } }""")]
    [InlineData("/properties/A", """{ "properties": { "a": {}, "A": {} } }""")]
    [InlineData("/maximum", """{ "maximum": 1e300 }""")]
    [InlineData("/multipleOf", """{ "multipleOf": 0 }""")]
    [InlineData("/exclusiveMinimum", """{ "exclusiveMinimum": true }""")]
    [InlineData("", """{ "type": "object", "type": "string" }""")]
    [InlineData("", "5")]
    [InlineData("", "{")]
    public void Load_schema_that_cannot_be_enforced_is_refused(string pointer, string schema) =>
        Assert.Equal(pointer, Assert.Throws<SchemaRefusedException>(() => NJsonSchemaValidator.Load(schema)).Pointer);

    [Theory]
    [InlineData("""{ "allOf": [{ "$ref": "#" }] }""")]
    [InlineData("""{ "definitions": { "A": { "not": { "$ref": "#/definitions/B" } }, "B": { "anyOf": [{ "$ref": "#/definitions/A" }] } } }""")]
    [InlineData("""{ "properties": { "a": { "allOf": [{ "$ref": "#" }, { "$ref": "#" }] } } }""")]
    public void Load_references_without_end_are_refused(string schema) => Assert.Throws<SchemaRefusedException>(() => NJsonSchemaValidator.Load(schema));

    [Fact]
    public void Load_bounds_size_and_depth()
    {
        Assert.Throws<SchemaRefusedException>(static () => NJsonSchemaValidator.Load($$"""{ "title": "{{new string('a', 1 << 20)}}" }"""));
        Assert.Throws<SchemaRefusedException>(static () => NJsonSchemaValidator.Load(string.Concat(Enumerable.Repeat("""{ "items": """, 70)) + "{}" + new string('}', 70)));
    }
}
