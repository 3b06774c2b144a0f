using System.Text;
using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Limits;

/// <summary>Instances made to cost time, memory or stack, or to break the reading of text.</summary>
public sealed class HostileInstanceTests
{
    private const int Patience = 60_000;
    private const int Many = 100_000;

    [Fact(Timeout = Patience)]
    public Task Many_items_that_differ() => Judge("""{ "uniqueItems": true }""", List(i => $"{i}"), isValid: true);

    [Fact(Timeout = Patience)]
    public Task Many_large_numbers_that_differ_in_the_last_digit() => Judge("""{ "uniqueItems": true }""", List(i => $"1000000000000{i:D8}"), isValid: true);

    [Fact(Timeout = Patience)]
    public Task Many_objects_that_differ() => Judge("""{ "uniqueItems": true }""", List(i => $$"""{ "a": { "b": [{{i}}] } }"""), isValid: true);

    [Fact(Timeout = Patience)]
    public Task Many_equal_items() => Judge("""{ "uniqueItems": true }""", List(_ => "[{}]"), isValid: false);

    [Fact(Timeout = Patience)]
    public Task Equal_objects_with_many_members_in_opposite_order()
    {
        string[] members = [.. Enumerable.Range(0, 30_000).Select(i => $"\"{i}\":0")];
        return Judge("""{ "uniqueItems": true }""", $"[{{{string.Join(',', members)}}},{{{string.Join(',', members.Reverse())}}}]", isValid: false);
    }

    [Fact(Timeout = Patience)]
    public Task Items_nested_too_deep_to_compare()
    {
        // No more: parsing takes the square of the depth.
        string deep = new string('[', 10_000) + new string(']', 10_000);
        return Judge("""{ "uniqueItems": true }""", $"[{deep},1]", isValid: false, "has items that are nested too deep to compare");
    }

    [Fact(Timeout = Patience)]
    public Task Many_members_of_one_name() =>
        Judge("""{ "minProperties": 2 }""", $"{{{string.Join(',', Enumerable.Repeat("\"a\":1", Many))}}}", isValid: false);

    [Fact(Timeout = Patience)]
    public Task Many_members_of_one_name_on_which_schemas_depend()
    {
        string schema = "true";
        for (int i = 0; i < 10; i++)
        {
            schema = $$"""{ "dependentSchemas": { "a": {{schema}} } }""";
        }

        return Judge(schema, $"{{{string.Join(',', Enumerable.Repeat("\"a\":1", Many))}}}", isValid: true);
    }

    [Fact]
    public void One_schema_serves_many_threads()
    {
        JsonSchema schema = JsonSchema.Compile("""{ "uniqueItems": true, "items": { "enum": ["a", "\u0062", 1] } }""");
        JsonElement valid = JsonDocument.Parse("[\"a\", \"\\u0062\", 1.0]").RootElement;
        JsonElement wrong = JsonDocument.Parse("[\"a\", 1, 1.0]").RootElement;

        Parallel.For(0, 10_000, _ => Assert.True(schema.IsValid(valid) && !schema.IsValid(wrong)));
    }

    [Fact(Timeout = Patience)]
    public Task Many_digits() => Judge("""{ "multipleOf": 7, "maximum": 1e999999 }""", "7" + new string('7', 999_999), isValid: false);

    [Fact(Timeout = Patience)]
    public Task Many_errors_are_cut() => Task.Run(() =>
    {
        using JsonDocument document = JsonDocument.Parse(List(_ => "\"x\""));
        IReadOnlyList<JsonValidationError> errors = JsonSchema.Compile("""{ "items": { "type": "integer" } }""").Validate(document.RootElement);

        Assert.Equal(JsonSchemaOptions.DefaultMaxErrors, errors.Count);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Patience)]
    public Task Nested_alternatives_are_each_run_once() => Task.Run(() =>
    {
        string schema = """{ "type": "integer" }""";
        for (int i = 0; i < 25; i++)
        {
            schema = $$"""{ "anyOf": [{{schema}}, { "type": "null" }] }""";
        }

        JsonElement text = JsonDocument.Parse("\"x\"").RootElement;
        JsonValidationError error = Assert.Single(JsonSchema.Compile(schema, new JsonSchemaOptions { MaxDepth = 100 }).Validate(text));
        Assert.InRange(error.Message.Length, 1, 500);
    }, TestContext.Current.CancellationToken);

    // Every error of every alternative was written out, with its whole way, to be thrown away: a hundred thousand items took minutes, and gigabytes.
    [Theory(Timeout = Patience)]
    [InlineData("anyOf")]
    [InlineData("oneOf")]
    public Task Errors_of_alternatives_are_not_written_for_nobody(string keyword) => Task.Run(() =>
    {
        const string name = "a_name_of_many_letters_that_is_written_out_at_each_of_many_levels";
        string required = string.Join(',', Enumerable.Range(0, 250).Select(static i => $"\"n{i}\""));
        string schema = $$"""{ "properties": { "y": false }, "additionalProperties": { "$ref": "#" }, "items": { "{{keyword}}": [{ "required": [{{required}}] }, { "type": "object" }] } }""";
        string instance = $"{{\"x\":{string.Concat(Enumerable.Repeat($"{{\"{name}\":", 40))}{List(static _ => "{}")}{new string('}', 40)},\"y\":[{{\"y\":1}}]}}";
        using JsonDocument document = JsonDocument.Parse(instance);
        IReadOnlyList<JsonValidationError> errors = JsonSchema.Compile(schema).Validate(document.RootElement);

        Assert.Equal("/y", Assert.Single(errors).InstancePointer);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Patience)]
    public Task Hints_are_not_looked_for_without_end() => Task.Run(() =>
    {
        // Names of the same two letters, none near another.
        var random = new Random(1);
        string[] names = [.. Enumerable.Range(0, 900).Select(_ => string.Concat(Enumerable.Range(0, 64).Select(_ => random.Next(2) == 0 ? 'a' : 'b')))];
        string declared = string.Join(',', names.Skip(1).Select(static name => $"\"{name}\": true"));
        string schema = $$"""{ "items": { "anyOf": [{ "properties": { {{declared}} }, "additionalProperties": false }, { "type": "object" }] }, "maxItems": 1 }""";
        using JsonDocument document = JsonDocument.Parse(List(_ => $$"""{ "{{names[0]}}": 1 }"""));
        IReadOnlyList<JsonValidationError> errors = JsonSchema.Compile(schema).Validate(document.RootElement);

        Assert.Equal("maxItems", Assert.Single(errors).Keyword);
    }, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("properties")]
    [InlineData("patternProperties")]
    public void Deepest_schema_fits_a_small_stack(string keyword)
    {
        string schema = string.Concat(Enumerable.Repeat($"{{\"{keyword}\":{{\"a\":", 127)) + "true" + new string('}', 254);
        string instance = string.Concat(Enumerable.Repeat("{\"a\":", 126)) + "1" + new string('}', 126);
        JsonSchema compiled = JsonSchema.Compile(schema, new JsonSchemaOptions { MaxDepth = JsonSchemaOptions.GreatestMaxDepth });
        using JsonDocument document = JsonDocument.Parse(instance, new JsonDocumentOptions { MaxDepth = 300 });
        bool isValid = false;

        var thread = new Thread(() => isValid = compiled.IsValid(document.RootElement), maxStackSize: 512 * 1024);
        thread.Start();
        thread.Join();

        Assert.True(isValid);
    }

    [Theory]
    [InlineData("properties")]
    [InlineData("patternProperties")]
    [InlineData("additionalProperties")]
    public void Schemas_that_refer_to_themselves_go_as_deep_as_is_said_within_a_mebibyte(string keyword)
    {
        string inner = keyword == "additionalProperties" ? "{ \"$ref\": \"#\" }" : "{ \"a\": { \"$ref\": \"#\" } }";
        JsonSchema compiled = JsonSchema.Compile($"{{ \"{keyword}\": {inner} }}");
        using JsonDocument document = JsonDocument.Parse(string.Concat(Enumerable.Repeat("{\"a\":", 250)) + "1" + new string('}', 250), new JsonDocumentOptions { MaxDepth = 300 });
        bool isValid = false;

        var thread = new Thread(() => isValid = compiled.IsValid(document.RootElement), maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();

        Assert.True(isValid);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_count_one_each_and_equal_no_text()
    {
        byte[] json = [(byte)'"', 0xC0, 0x80, 0x80, 0xFF, (byte)'"'];
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement broken = document.RootElement;

        Assert.False(JsonSchema.Compile("""{ "maxLength": 3 }""").IsValid(broken));
        Assert.True(JsonSchema.Compile("""{ "minLength": 4, "maxLength": 4 }""").IsValid(broken));
        Assert.False(JsonSchema.Compile("""{ "const": "\u0000" }""").IsValid(broken));
        Assert.False(JsonSchema.Compile("""{ "enum": ["\ufffd\ufffd\ufffd\ufffd"] }""").IsValid(broken));
    }

    [Fact]
    public void Undefined_values_are_never_valid()
    {
        JsonSchema anything = JsonSchema.Compile("true");
        var members = new Dictionary<string, JsonElement> { ["a"] = default };

        Assert.False(anything.IsValid(default(JsonElement)));
        Assert.Single(anything.Validate(default(JsonElement)));
        Assert.False(anything.IsValid(members));
        Assert.Single(anything.Validate(members));
    }

    [Fact]
    public void Names_of_a_dictionary_are_compared_by_ordinal_whatever_its_comparer()
    {
        JsonSchema schema = JsonSchema.Compile("""{ "properties": { "a": true }, "additionalProperties": false, "required": ["a"] }""");
        JsonElement one = JsonDocument.Parse("1").RootElement;

        Assert.True(schema.IsValid(new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase) { ["a"] = one }));
        Assert.False(schema.IsValid(new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase) { ["A"] = one }));
        Assert.False(schema.IsValid(new Dictionary<string, JsonElement> { ["a"] = one, ["\ud800"] = one }));
    }

    [Fact]
    public void Compiled_schema_does_not_need_its_document()
    {
        JsonSchema schema;
        using (JsonDocument document = JsonDocument.Parse("""{ "enum": ["a", { "b": [1] }], "required": ["b"] }"""))
        {
            schema = JsonSchema.Compile(document.RootElement);
        }

        Assert.True(schema.IsValid(JsonDocument.Parse("""{ "b": [1] }""").RootElement));
        Assert.NotEmpty(schema.Validate(JsonDocument.Parse("{}").RootElement));
    }

    private static string List(Func<int, string> item)
    {
        var list = new StringBuilder("[");
        for (int i = 0; i < Many; i++)
        {
            list.Append(i == 0 ? "" : ",").Append(item(i));
        }

        return list.Append(']').ToString();
    }

    private static Task Judge(string schema, string instance, bool isValid, string message = "") => Task.Run(() =>
    {
        using JsonDocument document = JsonDocument.Parse(instance, new JsonDocumentOptions { MaxDepth = 1_000_000 });
        JsonSchema compiled = JsonSchema.Compile(schema);

        Assert.Equal(isValid, compiled.IsValid(document.RootElement));
        Assert.Equal(isValid, compiled.Validate(document.RootElement).Count == 0);
        Assert.All(compiled.Validate(document.RootElement), error => Assert.Contains(message, error.Message, StringComparison.Ordinal));
    }, TestContext.Current.CancellationToken);
}
