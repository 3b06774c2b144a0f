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

    private static string Members(int count, Func<int, string> schema) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\": {schema(i)}"));

    private static Task Compile(params string[] schemas) => Task.Run(() =>
    {
        foreach (string schema in schemas)
        {
            _ = ToolSchema.Compile(JsonElement.Parse(schema));
        }
    }, TestContext.Current.CancellationToken);
}
