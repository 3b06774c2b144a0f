using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Limits;

/// <summary>Schemas made to cost time, memory or stack end with an error. A hang shows as a test that does not end within its time.</summary>
public sealed class HostileSchemaTests
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(100_000)]
    public Task Too_deep(int depth) => Refuse(Nested(depth), "nested deeper than");

    [Fact(Timeout = Patience)]
    public Task Too_large() => Refuse($$"""{ "title": "{{new string('a', JsonSchemaOptions.DefaultMaxSize)}}" }""", "larger than 1048576 bytes");

    [Fact(Timeout = Patience)]
    public Task Too_many_subschemas() => Refuse($$"""{ "anyOf": [{{Repeat("{}", 10_001)}}] }""", "more than 10000 subschemas");

    [Fact(Timeout = Patience)]
    public Task Too_many_required_names() =>
        Refuse($$"""{ "required": [{{string.Join(',', Enumerable.Range(0, 1025).Select(i => $"\"{i}\""))}}] }""", "at most 1024 names");

    [Fact(Timeout = Patience)]
    public Task Too_many_dependent_names() =>
        Refuse($$"""{ "dependentRequired": { {{string.Join(',', Enumerable.Range(0, 1025).Select(i => $"\"{i}\": []"))}} } }""", "at most 1024 names");

    [Fact(Timeout = Patience)]
    public Task Too_many_dependent_schemas() =>
        Refuse($$"""{ "dependentSchemas": { {{string.Join(',', Enumerable.Range(0, 1025).Select(i => $"\"{i}\": true"))}} } }""", "at most 1024 names");

    [Fact(Timeout = Patience)]
    public Task Too_many_members_to_compare_with() =>
        Refuse($$"""{ "const": { {{string.Join(',', Enumerable.Range(0, 1025).Select(i => $"\"{i}\": 1"))}} } }""", "more than 1024 members");

    [Theory(Timeout = Patience)]
    [InlineData("(a{70}){70}", 21)]
    [InlineData("\\p{L}", 2000)]
    [InlineData("a", 40_000)]
    public Task Too_large_patterns(string pattern, int times) => Refuse(
        $$"""{ "patternProperties": { {{string.Join(',', Enumerable.Range(0, times).Select(i => $"\"{pattern.Replace("\\", "\\\\", StringComparison.Ordinal)}{i}\": true"))}} } }""",
        "is one too many: the patterns of this schema have more than 100000 positions together",
        options: new JsonSchemaOptions { MaxSubschemas = 100_000 });

    [Fact]
    public void The_same_pattern_counts_once()
    {
        string schema = $$"""{ "allOf": [{{Repeat("""{ "pattern": "a{999}" }""", 9_000)}}] }""";

        Assert.InRange(PatternSize(schema), 1000, 1010);
        Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile("""{ "pattern": "abc" }""", new JsonSchemaOptions { MaxPatternSize = 3 }));
        Assert.NotNull(JsonSchema.Compile("""{ "pattern": "abc" }""", new JsonSchemaOptions { MaxPatternSize = 4 }));
    }

    [Fact]
    public void Patterns_count_where_the_schema_is_wrong_too() => Assert.Equal(4, PatternSize("""{ "pattern": "abc", "nope": 1 }"""));

    [Theory(Timeout = Patience)]
    [InlineData("\"typ_{0}\": 1")]
    [InlineData("\"a{0}\": { \"type\": \"sting\" }")]
    public Task Thousands_of_errors(string member)
    {
        string members = string.Join(',', Enumerable.Range(0, 15_000).Select(i => member.Replace("{0}", $"{i}", StringComparison.Ordinal)));
        return Refuse($$"""{ "properties": { {{members}} }, {{members}} }""", "is not a keyword", JsonSchemaOptions.DefaultMaxErrors);
    }

    [Fact(Timeout = Patience)]
    public Task Thousands_of_duplicates() => Refuse($$"""{ {{Repeat("\"type\": 1", 50_000)}} }""", "is there twice", JsonSchemaOptions.DefaultMaxErrors);

    [Fact(Timeout = Patience)]
    public Task Thousands_of_bad_types() =>
        Refuse($$"""{ "type": [{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"str{i}\""))}}] }""", "is not a type", JsonSchemaOptions.DefaultMaxErrors);

    [Fact(Timeout = Patience)]
    public Task Long_name_above_many_errors() =>
        Refuse($$"""{ "properties": { "{{new string('a', 500_000)}}": { "properties": { {{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"{i}\": 1"))}} } } } }""", "a schema must be", JsonSchemaOptions.DefaultMaxErrors);

    [Fact(Timeout = Patience)]
    public Task Deep_element_does_not_overflow_the_stack() => Task.Run(() =>
    {
        using JsonDocument document = JsonDocument.Parse(Nested(10_000), new JsonDocumentOptions { MaxDepth = 1_000_000 });
        Assert.False(JsonSchema.TryCompile(document.RootElement, null, out _, out IReadOnlyList<JsonSchemaError> errors));
        Assert.Contains("nested deeper than 64", Assert.Single(errors).Message, StringComparison.Ordinal);
    }, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [SuppressMessage("Performance", "CA1806:Do not ignore method results", Justification = "the constructor throws")]
    public void Options_refuse_what_is_out_of_range(int value)
    {
        Assert.Equal("MaxDepth", Assert.Throws<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxDepth = value }).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxSize = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxErrors = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxSubschemas = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxPatternSize = value });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxDepth = JsonSchemaOptions.GreatestMaxDepth + 1 });
    }

    [Fact]
    [SuppressMessage("Performance", "CA1806:Do not ignore method results", Justification = "the constructor throws")]
    public void Options_refuse_resources_that_nothing_could_find()
    {
        var undefined = new Dictionary<string, JsonElement> { ["http://h/a"] = default };
        var fragment = new Dictionary<string, JsonElement> { ["http://h/a#b"] = JsonDocument.Parse("true").RootElement };

        Assert.Contains("`http://h/a` must have a schema", Assert.Throws<ArgumentException>(() => new JsonSchemaOptions { Resources = undefined }).Message, StringComparison.Ordinal);
        Assert.Contains("`http://h/a#b` must not have a fragment", Assert.Throws<ArgumentException>(() => new JsonSchemaOptions { Resources = fragment }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new JsonSchemaOptions { Resources = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new JsonSchemaOptions { MaxSteps = 0 });
    }

    [Fact]
    public void Bounds_may_be_moved()
    {
        var options = new JsonSchemaOptions { MaxDepth = JsonSchemaOptions.GreatestMaxDepth, MaxErrors = 2 };

        Assert.True(JsonSchema.Compile(Nested(250), options).IsValid(JsonDocument.Parse("1").RootElement));
        JsonSchemaException thrown = Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile("""{ "a": 1, "b": 1, "c": 1 }""", options));
        Assert.Equal(2, thrown.Errors.Count);
    }

    private static Task Refuse(string schema, string reason, int? errors = null, JsonSchemaOptions? options = null) => Task.Run(() =>
    {
        JsonSchemaException thrown = Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile(schema, options));
        Assert.Contains(thrown.Errors, error => error.Message.Contains(reason, StringComparison.Ordinal));
        Assert.True(errors is null || thrown.Errors.Count == errors);
        Assert.InRange(thrown.Message.Length, 1, 5000);
    }, TestContext.Current.CancellationToken);

    private static int PatternSize(string schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        _ = JsonSchema.TryCompile(document.RootElement, null, out _, out _, out int size);
        return size;
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"not\":", depth)) + "true" + new string('}', depth);

    private static string Repeat(string text, int count) => string.Join(',', Enumerable.Repeat(text, count));
}
