using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Cases;

public sealed class RefusedSchemaTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, CaseFiles.Read("refused-schemas").Count())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_error_is_found_and_says_what_would_be_right(int index)
    {
        JsonElement group = CaseFiles.Read("refused-schemas").ElementAt(index);
        JsonElement schema = group.GetProperty("schema");

        JsonSchemaOptions options = CaseFiles.OptionsOf(group);
        Assert.False(JsonSchema.TryCompile(schema, options, out JsonSchema? compiled, out IReadOnlyList<JsonSchemaError> errors));
        Assert.Null(compiled);
        Assert.Equal(
            group.GetProperty("errors").EnumerateArray().Select(error => error.GetString()),
            errors.Select(error => $"{(error.SchemaPointer.Length == 0 ? "\"\"" : error.SchemaPointer)} {error.Message}"));

        JsonSchemaException thrown = Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile(schema, options));
        Assert.Equal(errors.Count, thrown.Errors.Count);
        Assert.Equal(errors.Count, Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile(schema.GetRawText(), options)).Errors.Count);
    }

    [Fact]
    public void Keyword_of_an_error_is_the_keyword_concerned()
    {
        JsonSchemaException thrown = Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile("""{ "properties": { "a": { "type": "sting" } }, "nope": 1 }"""));

        Assert.Equal(["nope", "type"], thrown.Errors.Select(error => error.Keyword));
        Assert.Contains("/properties/a/type: `type` must not be `sting`", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_JSON_is_an_error_with_a_position()
    {
        JsonSchemaError error = Assert.Single(Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile("{\n \"type\": }")).Errors);

        Assert.Equal("", error.SchemaPointer);
        Assert.Null(error.Keyword);
        Assert.EndsWith("line 2, byte 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Undefined_element_is_an_error()
    {
        Assert.False(JsonSchema.TryCompile(default, null, out _, out IReadOnlyList<JsonSchemaError> errors));
        Assert.Equal("the schema is missing: the element is undefined", Assert.Single(errors).Message);
    }
}
