using System.Text.Json;
using PolicyLayer.Schemas.Formats;
using PolicyLayer.Schemas.Tests.Cases;

namespace PolicyLayer.Schemas.Tests.Formats;

public sealed class FormatCaseTests
{
    public static TheoryData<string> Names => [.. FormatCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Texts_are_judged_as_the_case_says(string format)
    {
        JsonElement group = CaseFiles.Read("formats").Single(group => group.GetProperty("format").ValueEquals(format));
        JsonSchema schema = JsonSchema.Compile($$"""{ "format": "{{format}}" }""");
        foreach (bool isValid in (bool[])[true, false])
        {
            JsonElement texts = group.GetProperty(isValid ? "valid" : "invalid");
            Assert.NotEqual(0, texts.GetArrayLength());
            foreach (JsonElement text in texts.EnumerateArray())
            {
                Assert.True(schema.IsValid(text) == isValid, text.GetRawText());
                Assert.True((schema.Validate(text).Count == 0) == isValid, text.GetRawText());
                Assert.True(FormatCatalog.Find(format)!.IsValid(text.GetString()) == isValid, text.GetRawText());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_texts_are_judged(string format)
    {
        JsonSchema schema = JsonSchema.Compile($$"""{ "format": "{{format}}" }""");
        using JsonDocument document = JsonDocument.Parse("""[12, null, true, {}, []]""");

        Assert.All(document.RootElement.EnumerateArray(), value => Assert.True(schema.IsValid(value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Examples_in_an_error_are_right_and_the_text_is_not_quoted(string format)
    {
        JsonSchema schema = JsonSchema.Compile($$"""{ "properties": { "a": { "format": "{{format}}" } } }""");
        using JsonDocument document = JsonDocument.Parse("""{ "a": "(\n%secret" }""");
        JsonValidationError error = Assert.Single(schema.Validate(document.RootElement));

        Assert.Equal(("format", "/a", "/properties/a/format"), (error.Keyword, error.InstancePointer, error.SchemaPointer));
        Assert.StartsWith("`a` must be a", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        string[] examples = [.. error.Message.Split('`').Where((_, index) => index % 2 == 1).Skip(1)];
        Assert.All(examples, example => Assert.True(FormatCatalog.Find(format)!.IsValid(example), example));
        Assert.True(examples.Length > 0 || format == "regex");
    }

    [Fact]
    public void Annotations_judge_nothing_and_may_have_any_name()
    {
        var options = new JsonSchemaOptions { FormatsAsAnnotations = true };
        using JsonDocument document = JsonDocument.Parse("\"nonsense\"");

        Assert.True(JsonSchema.Compile("""{ "format": "ipv4" }""", options).IsValid(document.RootElement));
        Assert.True(JsonSchema.Compile("""{ "format": "of-our-own" }""", options).IsValid(document.RootElement));
        Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile("""{ "format": 1 }""", options));
        Assert.False(JsonSchema.Compile("""{ "format": "ipv4" }""").IsValid(document.RootElement));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_in_no_format_and_not_valid_under_not_either()
    {
        using JsonDocument document = JsonDocument.Parse((byte[])[(byte)'"', (byte)'/', 0xFF, (byte)'"']);

        Assert.False(JsonSchema.Compile("""{ "format": "json-pointer" }""").IsValid(document.RootElement));
        Assert.False(JsonSchema.Compile("""{ "not": { "format": "json-pointer" } }""").IsValid(document.RootElement));
    }
}
