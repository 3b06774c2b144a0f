using System.Text.Json;

namespace PolicyLayer.Sdk.Tests.InputSchemas;

/// <summary>Schemas of a megabyte at most that a server lists to keep whoever compiles them busy.</summary>
public sealed class HostileSchemaTests
{
    private const int Patience = 60_000;

    // A pointer was kept for each place: those below a long name took the product of their number and its length.
    [Fact(Timeout = Patience)]
    public Task Many_places_below_a_long_name() => Compile(
        $$"""{ "properties": { "{{new string('n', 900_000)}}": { "properties": { {{Members(4_900, static _ => """{ "items": {} }""")}} } } } }""");

    // Each name was looked for in each branch, at each of many places.
    [Fact(Timeout = Patience)]
    public Task Many_branches_that_each_declare_a_name()
    {
        string branches = string.Join(',', Enumerable.Range(0, 3_000).Select(static i => $$"""{ "properties": { "k{{i}}": {{(i % 75 == 0 ? $$"""{ "$ref": "#/$defs/g{{i}}" }""" : "true")}} } }"""));
        string groups = string.Join(',', Enumerable.Range(0, 40).Select(static i => $$"""
            "g{{i * 75}}": { "required": ["r{{i}}"], "$ref": "#" }
            """));
        string schema = $$"""{ "allOf": [{{branches}}], "$defs": { {{groups}} } }""";
        return Compile([.. Enumerable.Repeat(schema, 40)]);
    }

    // Servers list as many tools as they like: what a byte of a schema costs, a listing costs millions of times.
    [Theory]
    [InlineData("small counts that stand for thousands of positions")]
    [InlineData("many small patterns")]
    [InlineData("large sets in many patterns")]
    [InlineData("one large set again and again")]
    [InlineData("large sets as branches")]
    [InlineData("members that refer to the whole")]
    [InlineData("ways that part at every step")]
    [InlineData("ways that part and end among many names")]
    [InlineData("names and schemas of all others")]
    [InlineData("values to compare with")]
    public void Compiling_allocates_in_proportion_to_the_text(string kind)
    {
        string schema = kind switch
        {
            "small counts that stand for thousands of positions" => Patterns(20, static i => $"(.{{70}}){{69}}{i}"),
            "many small patterns" => Patterns(9_000, static i => $"{i}"),
            "large sets in many patterns" => Patterns(30, static i => $@"\\p{{L}}{i}"),
            "one large set again and again" => $$"""{ "pattern": "[{{Repeat(@"\\p{L}\\P{Lu}", 300)}}]" }""",
            "large sets as branches" => $$"""{ "pattern": "{{Repeat(@"\\p{L}|\\P{Lu}|", 300)}}" }""",
            "members that refer to the whole" => $$"""{ "properties": { {{Members(300, static _ => """{ "$ref": "#" }""")}} } }""",
            "ways that part at every step" => Parting(14, """{ "properties": { "z": {} } }"""),
            "ways that part and end among many names" => Parting(7, $$"""{ "required": [{{string.Join(',', Enumerable.Range(0, 1000).Select(static i => $"\"{i}\""))}}] }"""),
            "names and schemas of all others" => $$"""{ "properties": { {{Members(1000, static i => $$"""{ "required": ["{{i}}"] }""")}} }, "allOf": [{{string.Join(',', Enumerable.Repeat("""{ "additionalProperties": { "required": ["q"] } }""", 60))}}] }""",
            _ => $$"""{ "enum": [{{string.Join(',', Enumerable.Repeat("{\"a\":{}}", 1000))}}] }""",
        };
        _ = ToolSchema.Compile(JsonElement.Parse("""{ "properties": { "a": { "pattern": "\\p{L}" } } }"""));
        JsonElement parsed = JsonElement.Parse(schema);
        long before = GC.GetAllocatedBytesForCurrentThread();

        _ = ToolSchema.Compile(parsed);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / schema.Length, 0, 8_000);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(40, 1)]
    public void Schemas_whose_members_count_to_a_thousand_are_enforced(int members, int patterns)
    {
        string schema = $$"""{ "properties": { {{Members(members, i => $$"""{ "type": "string", "allOf": [{{string.Join(',', Enumerable.Range(0, patterns).Select(k => $$"""{ "pattern": "^[a-z{{i}}{{k}}]{1,996}$" }"""))}}] }""")}} } }""";

        Assert.Null(ToolSchema.Compile(JsonElement.Parse(schema)).Problem);
    }

    [Fact]
    public void A_few_bytes_that_stand_for_more_positions_than_their_share_are_refused()
    {
        var schema = ToolSchema.Compile(JsonElement.Parse(Patterns(5, static i => $"(.{{70}}){{69}}{i}")));

        Assert.Contains("the patterns of this schema have more than 13", schema.Problem, StringComparison.Ordinal);
        Assert.False(schema.IsSatisfiedBy(default));
    }

    // Each was a place by itself, and each of the members at each of them another.
    [Fact]
    public void Members_that_refer_to_the_whole_lead_to_one_place()
    {
        string schema = $$"""{ "properties": { {{Members(1_000, static _ => """{ "$ref": "#" }""")}} } }""";

        Assert.Null(ToolSchema.Compile(JsonElement.Parse(schema)).Problem);
    }

    /// <summary>Places that remember which of the last steps were an <c>a</c>: twice as many for each step.</summary>
    private static string Parting(int steps, string end) => $$"""
        { "$ref": "#/$defs/s0", "$defs": {
          "s0": { "allOf": [{ "properties": { "a": { "$ref": "#/$defs/s0" } } }, { "properties": { "a": { "$ref": "#/$defs/s1" }, "b": { "$ref": "#/$defs/s0" } } }] },
          {{string.Join(',', Enumerable.Range(1, steps).Select(static i => $$"""
            "s{{i}}": { "properties": { "a": { "$ref": "#/$defs/s{{i + 1}}" }, "b": { "$ref": "#/$defs/s{{i + 1}}" } } }
            """))}},
          "s{{steps + 1}}": {{end}} } }
        """;

    private static string Patterns(int count, Func<int, string> pattern) =>
        $$"""{ "patternProperties": { {{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{pattern(i)}\": {{}}"))}} } }""";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Members(int count, Func<int, string> schema) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\": {schema(i)}"));

    private static Task Compile(params string[] schemas) => Task.Run(() =>
    {
        foreach (string schema in schemas)
        {
            _ = ToolSchema.Compile(JsonElement.Parse(schema));
        }
    }, TestContext.Current.CancellationToken);
}
