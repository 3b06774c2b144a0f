using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Limits;

/// <summary>Errors say what stood in the instance only when asked to, and then briefly.</summary>
public sealed class QuoteInstanceValuesTests
{
    [Theory]
    [InlineData("""{ "maximum": 5 }""", "4711", "the value must be at most 5", "; it is `4711`")]
    [InlineData("""{ "type": "integer" }""", "\"secret\"", "the value must be an integer, not a string", "; it is `\"secret\"`")]
    [InlineData("""{ "enum": ["a"] }""", """{"secret":[1]}""", "the value must be one of `\"a\"`", """; it is `{"secret":[1]}`""")]
    [InlineData("""{ "items": { "pattern": "^a" } }""", """["secret`\u0007"]""", "`[0]` must match the pattern `^a`", """; it is `"secret\u0060\u0007"`""")]
    [InlineData("""{ "propertyNames": { "maxLength": 3 } }""", """{"secret":1}""", "the name `secret` must have at most 3 characters", "; it is `secret`")]
    [InlineData("""{ "const": null }""", "true", "the value must be `null`", "; it is `true`")]
    public void Validate_quotes_a_value_only_when_asked(string schema, string instance, string message, string quoted)
    {
        Assert.Equal(message, Message(schema, instance, quotes: false));
        Assert.Equal(message + quoted, Message(schema, instance, quotes: true));
    }

    [Fact]
    public void A_long_value_is_cut()
    {
        string message = Message("false", "\"" + new string('x', 100_000) + "\"", quotes: true);
        Assert.EndsWith($"; it is `\"{new string('x', 63)}…`", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_of_a_dictionary_is_not_quoted()
    {
        JsonSchema schema = JsonSchema.Compile("""{ "minProperties": 2 }""", new JsonSchemaOptions { QuoteInstanceValues = true });
        JsonValidationError error = Assert.Single(schema.Validate(new Dictionary<string, JsonElement> { ["a"] = JsonElement.Parse("1") }));
        Assert.Equal("the value must have at least 2 members", error.Message);
    }

    private static string Message(string schema, string instance, bool quotes)
    {
        JsonSchema compiled = JsonSchema.Compile(schema, new JsonSchemaOptions { QuoteInstanceValues = quotes });
        return Assert.Single(compiled.Validate(JsonElement.Parse(instance))).Message;
    }
}
