using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Limits;

/// <summary>References made to cost time, memory or stack: by multiplying, by chains, by following an instance down.</summary>
public sealed class HostileReferenceTests
{
    private const int Patience = 60_000;
    private const string TooMuch = "takes too much work to judge by this schema";
    private const string TooDeep = "is nested too deep for this schema, which refers to itself";

    [Theory(Timeout = Patience)]
    [InlineData("allOf")]
    [InlineData("anyOf")]
    [InlineData("oneOf")]
    public Task Doubling_on_one_value_ends(string keyword) => Judge(
        $$"""{ "$ref": "#/$defs/d0", "$defs": { {{Chain(60, i => $$"""{ "{{keyword}}": [{ "$ref": "#/$defs/d{{i + 1}}" }, { "$ref": "#/$defs/d{{i + 1}}" }] }""")}}, "d60": { "type": "null" } } }""",
        "null",
        isValid: keyword == "anyOf",
        keyword == "anyOf" ? "" : TooMuch);

    [Fact(Timeout = Patience)]
    public Task Doubling_at_every_level_of_the_instance_ends() => Judge(
        """{ "properties": { "a": { "allOf": [{ "$ref": "#" }, { "$ref": "#" }] } } }""", Nested("{\"a\":", 60, "}"), isValid: false, TooMuch);

    [Fact(Timeout = Patience)]
    public Task Doubling_over_a_large_object_ends() => Judge(
        $$"""{ "$ref": "#/$defs/d0", "$defs": { {{Chain(60, i => $$"""{ "required": ["a"], "allOf": [{ "$ref": "#/$defs/d{{i + 1}}" }, { "$ref": "#/$defs/d{{i + 1}}" }] }""")}}, "d60": true } }""",
        $$"""{ "a": 1, {{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"{i}\":0"))}} }""",
        isValid: false,
        TooMuch);

    [Fact(Timeout = Patience)]
    public Task Doubling_with_unevaluated_members_of_a_large_object_ends() => Judge(
        $$"""{ "$ref": "#/$defs/d0", "unevaluatedProperties": false, "$defs": { {{Chain(60, i => $$"""{ "anyOf": [{ "$ref": "#/$defs/d{{i + 1}}" }, { "$ref": "#/$defs/d{{i + 1}}" }] }""")}}, "d60": true } }""",
        $$"""{ {{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"{i}\":0"))}} }""",
        isValid: false,
        TooMuch);

    [Fact(Timeout = Patience)]
    public Task A_failure_that_not_turns_round_does_not_make_too_much_work_valid() => Judge(
        $$"""{ "not": { "$ref": "#/$defs/d0" }, "$defs": { {{Chain(60, i => $$"""{ "allOf": [{ "$ref": "#/$defs/d{{i + 1}}" }, { "$ref": "#/$defs/d{{i + 1}}" }] }""")}}, "d60": true } }""",
        "1",
        isValid: false,
        TooMuch);

    [Fact(Timeout = Patience)]
    public Task Too_long_a_chain_is_refused() => Task.Run(() =>
    {
        string schema = $$"""{ "$ref": "#/$defs/d0", "$defs": { {{Chain(5_000, i => $$"""{ "$ref": "#/$defs/d{{i + 1}}" }""")}}, "d5000": true } }""";

        JsonSchemaException thrown = Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile(schema));
        Assert.Contains("through more than 512 schemas that all apply to the same value", Assert.Single(thrown.Errors).Message, StringComparison.Ordinal);
    }, TestContext.Current.CancellationToken);

    [Theory(Timeout = Patience)]
    [InlineData("""{ "properties": { "a": { "$ref": "#" } } }""")]
    [InlineData("""{ "$dynamicAnchor": "n", "properties": { "a": { "$dynamicRef": "#n" } }, "unevaluatedProperties": false }""")]
    [InlineData("""{ "additionalProperties": { "anyOf": [{ "$ref": "#" }, false] } }""")]
    [InlineData("""{ "unevaluatedProperties": { "oneOf": [{ "$ref": "#" }] }, "if": true, "dependentSchemas": { "a": { "not": { "not": true } } } }""")]
    [InlineData("""{ "dependentSchemas": { "a": { "if": true, "then": { "unevaluatedProperties": { "$ref": "#" } } } } }""")]
    public Task Depth_of_an_instance_is_followed_whatever_the_stack(string schema) => Task.Run(() =>
    {
        JsonSchema compiled = JsonSchema.Compile(schema);
        Assert.Null(OnStack(1024, () => FollowDown(compiled, 120)));
        Assert.Null(OnStack(512, () => FollowDown(compiled, 60)));
        Assert.Null(OnStack(192, () => FollowDown(compiled, 1)));

        // Once more, because optimized code takes other frames.
        Assert.All(Enumerable.Range(0, 200), _ => Assert.Null(FollowDown(compiled, 120)));
        Assert.Null(OnStack(1024, () => FollowDown(compiled, 120)));
        Assert.Null(OnStack(192, () => FollowDown(compiled, 1)));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Patience)]
    public Task Depth_of_an_array_is_followed_within_a_small_stack() => Judge(
        """{ "items": { "$ref": "#" }, "unevaluatedItems": false }""", Nested("[", 5_000, "]"), isValid: false, TooDeep);

    [Fact(Timeout = Patience)]
    public Task Many_references_to_many_definitions_compile() => Task.Run(() =>
    {
        string defs = string.Join(',', Enumerable.Range(0, 4_000).Select(i => $$"""
            "d{{i}}": { "items": { "$ref": "#/$defs/d{{(i * 7) % 4_000}}" } }
            """));
        Assert.True(JsonSchema.Compile($$"""{ "$defs": { {{defs}} }, "$ref": "#/$defs/d1" }""").IsValid(JsonDocument.Parse("[[[]]]").RootElement));
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Patience)]
    public Task Identifiers_inside_each_other_do_not_add_up() => Task.Run(() =>
    {
        string inside = string.Join(',', Enumerable.Range(0, 9_000).Select(i => $$"""{ "$id": "{{i}}" }"""));
        JsonSchemaException thrown = Assert.Throws<JsonSchemaException>(
            () => JsonSchema.Compile($$"""{ "$id": "http://h/{{new string('a', 500_000)}}/", "allOf": [{{inside}}] }"""));
        Assert.Equal("`$id` is longer than 2048 characters", thrown.Errors[0].Message);
    }, TestContext.Current.CancellationToken);

    [Fact(Timeout = Patience)]
    public Task Many_dynamic_anchors_are_refused() => Refuse(
        $$"""{ "$defs": { {{string.Join(',', Enumerable.Range(0, 65).Select(i => $$"""
            "d{{i}}": { "$dynamicAnchor": "a{{i}}" }
            """))}} } }""",
        "more than 64 different names of dynamic anchors");

    [Fact(Timeout = Patience)]
    public Task Many_dynamic_references_to_many_anchors_compile() => Task.Run(() =>
    {
        string defs = string.Join(',', Enumerable.Range(0, 1_500).Select(i => $$"""
            "d{{i}}": { "$id": "http://h/{{i}}", "$dynamicAnchor": "a", "items": { "$dynamicRef": "#a" } }
            """));
        Assert.False(JsonSchema.Compile($$"""{ "$defs": { {{defs}} }, "$dynamicAnchor": "a", "type": "array", "contains": { "$ref": "http://h/7" } }""")
            .IsValid(JsonDocument.Parse("[[1]]").RootElement));
    }, TestContext.Current.CancellationToken);

    [Fact]
    public void Keeping_track_of_what_was_evaluated_takes_a_bounded_multiple()
    {
        const int members = 20_000;
        JsonSchema schema = JsonSchema.Compile(
            $$"""{ "$ref": "#/$defs/d0", "unevaluatedProperties": true, "$defs": { {{Chain(250, i => $$"""{ "anyOf": [{ "$ref": "#/$defs/d{{i + 1}}" }], "unevaluatedProperties": true }""")}}, "d250": true } }""",
            new JsonSchemaOptions { MaxSteps = int.MaxValue });
        JsonElement instance = Parse($$"""{ {{string.Join(',', Enumerable.Range(0, members).Select(i => $"\"{i}\":0"))}} }""");

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(schema.IsValid(instance));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2 * 256 * members);
    }

    [Fact]
    public void Resources_count_for_the_bounds()
    {
        var resources = new Dictionary<string, JsonElement> { ["http://h/a"] = Parse($$"""{ "title": "{{new string('a', 5_000)}}", "allOf": [true, true, true] }""") };
        const string schema = """{ "$ref": "http://h/a" }""";

        Assert.Contains("larger than 4000 bytes", Fail(schema, new JsonSchemaOptions { Resources = resources, MaxSize = 4_000 }), StringComparison.Ordinal);
        Assert.Contains("more than 4 subschemas", Fail(schema, new JsonSchemaOptions { Resources = resources, MaxSubschemas = 4 }), StringComparison.Ordinal);
        Assert.True(JsonSchema.Compile(schema, new JsonSchemaOptions { Resources = resources, MaxSubschemas = 5 }).IsValid(Parse("1")));
        Assert.Contains("nested deeper than 64", Fail(schema, new JsonSchemaOptions { Resources = new Dictionary<string, JsonElement> { ["http://h/a"] = Parse(Nested("{\"not\":", 63, "}", "{\"not\":{\"not\":{}}}")) } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Metaschemas_count_for_no_bound()
    {
        var options = new JsonSchemaOptions { MaxSize = 100, MaxSubschemas = 1 };
        Assert.True(JsonSchema.Compile("""{ "$ref": "https://json-schema.org/draft/2020-12/schema" }""", options).IsValid(Parse("{}")));
    }

    [Fact]
    public void The_bound_on_work_may_be_moved()
    {
        JsonElement instance = Parse("[1, 2, 3, 4, 5]");
        const string schema = """{ "items": { "type": "integer" } }""";

        // The array and its five items; each item's schema looks at the digits, which are few.
        Assert.True(JsonSchema.Compile(schema, new JsonSchemaOptions { MaxSteps = 11 }).IsValid(instance));
        Assert.Contains(TooMuch, Assert.Single(JsonSchema.Compile(schema, new JsonSchemaOptions { MaxSteps = 10 }).Validate(instance)).Message, StringComparison.Ordinal);
    }

    private static string? OnStack(int kibibytes, Func<string?> judge)
    {
        string? result = null;
        var thread = new Thread(() => result = judge(), maxStackSize: kibibytes * 1024);
        thread.Start();
        thread.Join();
        return result;
    }

    private static string? FollowDown(JsonSchema schema, int valid)
    {
        foreach ((int depth, bool isValid) in (ReadOnlySpan<(int, bool)>)[(valid, true), (1_000, false)])
        {
            using JsonDocument document = JsonDocument.Parse(Nested("{\"a\":", depth, "}"), new JsonDocumentOptions { MaxDepth = 10_000 });
            IReadOnlyList<JsonValidationError> errors = schema.Validate(document.RootElement);
            if (schema.IsValid(document.RootElement) != isValid || (errors.Count == 0) != isValid || (!isValid && !errors[0].Message.EndsWith(TooDeep, StringComparison.Ordinal)))
            {
                return $"{depth}: {string.Join("; ", errors)}";
            }
        }

        return null;
    }

    private static Task Judge(string schema, string instance, bool isValid, string message) => Task.Run(() =>
    {
        using JsonDocument document = JsonDocument.Parse(instance, new JsonDocumentOptions { MaxDepth = 10_000 });
        JsonSchema compiled = JsonSchema.Compile(schema);

        Assert.Equal(isValid, compiled.IsValid(document.RootElement));
        IReadOnlyList<JsonValidationError> errors = compiled.Validate(document.RootElement);
        Assert.Equal(isValid, errors.Count == 0);
        Assert.Contains(message, errors.Count == 0 ? "" : errors[0].Message, StringComparison.Ordinal);
    }, TestContext.Current.CancellationToken);

    private static Task Refuse(string schema, string reason) => Task.Run(
        () => Assert.Contains(reason, Fail(schema, new JsonSchemaOptions()), StringComparison.Ordinal), TestContext.Current.CancellationToken);

    private static string Fail(string schema, JsonSchemaOptions options) => Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile(schema, options)).Message;

    private static string Chain(int count, Func<int, string> definition) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"d{i}\": {definition(i)}"));

    private static string Nested(string open, int depth, string close, string inside = "") =>
        string.Concat(Enumerable.Repeat(open, depth)) + (inside.Length > 0 ? inside : open == "[" ? "" : "{}") + string.Concat(Enumerable.Repeat(close, depth));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 }).RootElement;
}
