using System.Text.Json;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk.InputSchemas;

namespace PolicyLayer.Sdk.Tests.InputSchemas;

/// <summary>Names that differ from declared ones only in case are found wherever a schema declares members, in whichever branch.</summary>
public sealed class NameCheckTests
{
    private const string P = """{ "properties": { "path": {} } }""";

    public static TheoryData<string, string> Slips => new()
    {
        { P, """{ "PATH": 1 }""" },
        { P, """{ "path": 1, "paTh": 1 }""" },
        { P, """{ "\u0050ath": 1 }""" },
        { $$"""{ "properties": { "a": { "properties": { "b": {{P}} } } } }""", """{ "a": { "b": { "Path": 1 } } }""" },
        { $$"""{ "properties": { "a": { "items": {{P}} } } }""", """{ "a": [{ "path": 1 }, { "Path": 1 }] }""" },
        { $$"""{ "properties": { "a": { "prefixItems": [{}, {{P}}] } } }""", """{ "a": [1, { "Path": 1 }] }""" },
        { $$"""{ "$schema": "http://json-schema.org/draft-07/schema#", "properties": { "a": { "items": [{{P}}], "additionalItems": {} } } }""", """{ "a": [{ "Path": 1 }] }""" },
        { $$"""{ "properties": { "a": { "contains": {{P}} } } }""", """{ "a": [{ "Path": 1 }] }""" },
        { $$"""{ "additionalProperties": {{P}} }""", """{ "x": { "Path": 1 } }""" },
        { $$"""{ "patternProperties": { "^x": {{P}} }, "properties": { "xy": {} } }""", """{ "xy": { "Path": 1 } }""" },
        { $$"""{ "unevaluatedProperties": {{P}} }""", """{ "x": { "Path": 1 } }""" },
        { $$"""{ "allOf": [{}, {{P}}] }""", """{ "Path": 1 }""" },
        { $$"""{ "anyOf": [{ "required": ["Path"] }, {{P}}] }""", """{ "Path": 1 }""" },
        { $$"""{ "oneOf": [true, {{P}}] }""", """{ "Path": 1 }""" },
        { $$"""{ "not": {{P}} }""", """{ "Path": 1 }""" },
        { $$"""{ "if": {}, "then": {{P}} }""", """{ "Path": 1 }""" },
        { $$"""{ "if": {}, "else": {{P}} }""", """{ "Path": 1 }""" },
        { $$"""{ "dependentSchemas": { "x": {{P}} } }""", """{ "Path": 1 }""" },
        { $$"""{ "dependencies": { "x": {{P}}, "y": ["z"] } }""", """{ "Path": 1 }""" },
        { $$"""{ "$ref": "#/$defs/p", "$defs": { "p": {{P}} } }""", """{ "Path": 1 }""" },
        { $$"""{ "$ref": "#/$defs/a~1b%20c", "$defs": { "a/b c": {{P}} } }""", """{ "Path": 1 }""" },
        { """{ "$ref": "#p", "$defs": { "p": { "$anchor": "p", "properties": { "path": {} } } } }""", """{ "Path": 1 }""" },
        { """{ "$dynamicRef": "#p", "$defs": { "p": { "$dynamicAnchor": "p", "properties": { "path": {} } } } }""", """{ "Path": 1 }""" },
        { """{ "$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#p", "definitions": { "p": { "$id": "#p", "properties": { "path": {} } } } }""", """{ "Path": 1 }""" },
        { """{ "$ref": "other", "$defs": { "p": { "$id": "other", "$ref": "#/$defs/q", "$defs": { "q": { "properties": { "path": {} } } } } } }""", """{ "Path": 1 }""" },
        { """{ "$id": "https://a.test/x/root", "$ref": "p", "$defs": { "p": { "$id": "https://a.test/x/p", "properties": { "path": {} } } } }""", """{ "Path": 1 }""" },
        { """{ "$id": "https://a.test/x/root", "$ref": "/y/p#/$defs/q", "$defs": { "p": { "$id": "../y/p", "$defs": { "q": { "properties": { "path": {} } } } } } }""", """{ "Path": 1 }""" },
        { """{ "$id": "https://a.test/x/root", "$ref": "p", "$defs": { "p": { "$id": "https://a.test/x/p", "properties": { "path": {} } }, "other": { "$id": "https://a.test/y/root", "$defs": { "p": { "$id": "p" } } } } }""", """{ "Path": 1 }""" },
        { """{ "$schema": "http://json-schema.org/draft-07/schema#", "properties": { "a": { "$id": "https://a.test/x", "$ref": "#/definitions/p", "definitions": { "p": {} } } }, "definitions": { "p": { "properties": { "path": {} } } } }""", """{ "a": { "Path": 1 } }""" },
        { """{ "properties": { "a": { "$id": "", "$ref": "#/$defs/p", "$defs": { "p": {} } } }, "$defs": { "p": { "properties": { "path": {} } } } }""", """{ "a": { "Path": 1 } }""" },
        { """{ "properties": { "path": {}, "next": { "$ref": "#" } } }""", """{ "next": { "next": { "next": { "Path": 1 } } } }""" },
        { """{ "properties": { "a": { "type": "array", "items": { "properties": { "path": {}, "sub": { "$ref": "#/properties/a" } } } } } }""", """{ "a": [{ "sub": [{ "PATH": 1 }] }] }""" },
        { """{ "required": ["path"] }""", """{ "path": 1, "Path": 2 }""" },
        { """{ "properties": { "a": { "anyOf": [{ "required": ["url"] }, { "required": ["path"] }] } } }""", """{ "a": { "url": 1, "Path": 2 } }""" },
        { """{ "properties": { "a": { "dependentRequired": { "x": ["path"] } } } }""", """{ "a": { "Path": 2 } }""" },
        { """{ "properties": { "a": { "dependencies": { "path": ["x"] } } } }""", """{ "a": { "Path": 2 } }""" },
        { $$"""{ "properties": { "a": { "required": ["x"], "additionalProperties": {{P}} } } }""", """{ "a": { "x": { "Path": 2 } } }""" },
        { """{ "properties": { "straße": {} } }""", """{ "STRAßE": 1 }""" },
        { """{ "properties": { "task": {} } }""", """{ "ta\u017Fk": 1 }""" },
        { """{ "properties": { "task": {} } }""", """{ "tas\u212A": 1 }""" },
        { """{ "properties": { "ΛΟΓΟΣ": {} } }""", """{ "λογος": 1 }""" },
        { $$"""{ "properties": { "{{new string('n', 300)}}": {} } }""", $$"""{ "{{new string('N', 300)}}": 1 }""" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void Name_in_another_case_is_found(string schema, string arguments) => Assert.NotNull(Slip(schema, arguments));

    [Theory]
    [InlineData(P, """{ "path": { "PATH": 1 }, "paths": 1, "pat": 1, "": 1 }""")]
    [InlineData("""{ "properties": { "a": {}, "A": {} } }""", """{ "a": 1, "A": 1 }""")]
    [InlineData("""{ "anyOf": [{ "properties": { "a": {} } }, { "properties": { "A": {} } }] }""", """{ "a": 1, "A": 1 }""")]
    [InlineData("""{ "properties": { "a": { "properties": { "path": {} } }, "b": {} } }""", """{ "b": { "PATH": 1 } }""")]
    [InlineData("""{ "properties": { "a": { "properties": { "path": {} } } } }""", """{ "a": [{ "PATH": 1 }] }""")]
    [InlineData("""{ "properties": { "path": {}, "map": { "additionalProperties": { "type": "string" } } } }""", """{ "map": { "PATH": "a", "Path": "b" } }""")]
    [InlineData("""{ "required": ["a", "A"] }""", """{ "A": 1, "a": 1 }""")]
    [InlineData("true", """{ "A": 1, "a": 1 }""")]
    public void Name_that_no_declared_one_equals_is_none(string schema, string arguments) => Assert.Null(Slip(schema, arguments));

    [Fact]
    public void Message_leads_to_the_slip() =>
        Assert.Equal("`a[1].b.Path` must be spelt `path`", Slip($$"""{ "properties": { "a": { "items": { "properties": { "b": {{P}} } } } } }""", """{ "a": [{ "b": { "path": 1 } }, { "b": { "Path": 1 } }] }"""));

    [Theory]
    [InlineData("https://example.com/a")]
    [InlineData("#/nowhere")]
    [InlineData("#nowhere")]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    public void Reference_that_is_not_followed_is_a_problem(string reference)
    {
        Assert.False(NamePlaceCompiler.TryCompile(JsonElement.Parse($$"""{ "properties": { "a": { "$ref": "{{reference}}" } } }"""), out _, out _, out string? problem));
        Assert.Equal($"`{reference}` leads out of the schema, so the names that it declares are not known", problem);
    }

    // "The twentieth name from the end is `x`": what is declared where takes a million sets of branches to tell.
    [Fact]
    public void Branches_that_multiply_are_a_problem_and_end()
    {
        const int N = 20;
        string steps = string.Join(", ", Enumerable.Range(1, N).Select(static i => $$"""
            "s{{i}}": { "properties": { "x": { "$ref": "#/$defs/s{{i + 1}}" }, "y": { "$ref": "#/$defs/s{{i + 1}}" } } }
            """));
        string schema = $$"""
            { "$ref": "#/$defs/s0", "$defs": {
                "s0": { "properties": { "x": { "anyOf": [{ "$ref": "#/$defs/s0" }, { "$ref": "#/$defs/s1" }] }, "y": { "$ref": "#/$defs/s0" } } },
                {{steps}}, "s{{N + 1}}": {{P}} } }
            """;
        Assert.False(NamePlaceCompiler.TryCompile(JsonElement.Parse(schema), out _, out _, out string? problem));
        Assert.Equal("its branches and references declare names in too many ways to follow", problem);
    }

    // A syntax tree: at each place any kind of node may stand, and kinds have names in common.
    [Theory]
    [InlineData(25, 60)]
    [InlineData(60, 30)]
    public void Trees_with_many_kinds_of_node_are_followed(int kinds, int names)
    {
        string node = string.Join(',', Enumerable.Range(0, kinds).Select(static i => $$"""{ "$ref": "#/$defs/k{{i}}" }"""));
        string defined = string.Join(',', Enumerable.Range(0, kinds).Select(i => $$"""
            "k{{i}}": { "type": "object", "properties": { {{string.Join(',', Enumerable.Range(0, 2 + (i % 4)).Select(m => Member((i * 7) + (m * 11), m)))}} } }
            """));
        string schema = $$"""{ "$ref": "#/$defs/node", "$defs": { "node": { "anyOf": [{{node}}] }, {{defined}} } }""";
        Assert.True(NamePlaceCompiler.TryCompile(JsonElement.Parse(schema), out _, out _, out string? problem), problem);

        string Member(int name, int number) => number % 2 == 0
            ? $$"""
                "n{{name % names}}": { "$ref": "#/$defs/node" }
                """
            : $$"""
                "n{{name % names}}": { "type": "array", "items": { "$ref": "#/$defs/node" } }
                """;
    }

    private static string? Slip(string schema, string arguments)
    {
        // What the validator takes, and follows to the same places.
        Assert.True(JsonSchema.TryCompile(JsonElement.Parse(schema), InputSchemaOptions.For(JsonElement.Parse(schema)), out _, out IReadOnlyList<JsonSchemaError> errors), string.Join('\n', errors));
        Assert.True(NamePlaceCompiler.TryCompile(JsonElement.Parse(schema), out NamePlace? names, out _, out _));
        if (names is null)
        {
            return null;
        }

        var given = new ToolArguments(JsonElement.Parse(arguments));
        string? slip = NameCheck.FindSlip(names, given);
        Assert.Equal(slip is null, NameCheck.Holds(names, given));
        return slip;
    }
}
