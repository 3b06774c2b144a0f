using System.Text.Json;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk.InputSchemas;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.InputSchemas;

/// <summary>Where the walk over names is left out, because the schema finds slips itself, nothing passes that the walk would refuse.</summary>
public sealed class SchemaCheckTests
{
    private static readonly string[] Names = ["a", "A", "ab", "aB", "k", "\u212A", "b"];
    private static readonly string[] Values = ["1", "{}", "[{ \"A\": 1 }]", "{ \"a\": 1 }", "{ \"A\": 1 }", "{ \"ab\": { \"K\": 1 } }"];

    [Fact]
    public void Holds_exactly_what_both_the_names_and_the_schema_hold()
    {
        int left = 0;
        int refusedByNames = 0;
        Seeded.ForAll(8000, random =>
        {
            JsonElement schema = JsonElement.Parse(Root(random));
            if (!JsonSchema.TryCompile(schema, InputSchemaOptions.For(schema), out JsonSchema? compiled, out _) || !NamePlaceCompiler.TryCompile(schema, out NamePlace? names, out _, out _))
            {
                return;
            }

            var check = new SchemaCheck(compiled, names);
            left += names is { IsFlat: true } && compiled.IsClosed ? 1 : 0;
            for (int i = 0; i < 10; i++)
            {
                JsonElement arguments = JsonElement.Parse(Object(random));
                bool namesHold = names is null || NameCheck.Holds(names, arguments);
                refusedByNames += namesHold ? 0 : 1;
                bool expected = namesHold && compiled.IsValid(arguments);
                Assert.True(check.Holds(arguments) == expected, $"{arguments} by {schema}");
                Assert.True(check.Holds(new ToolArguments(arguments.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value))) == expected, $"members {arguments} by {schema}");
            }
        });
        Assert.True(left > 200, "too few schemas were such that the walk is left out");
        Assert.True(refusedByNames > 1000, "too few arguments had a slip");
    }

    private static string Root(Random random) => $$"""{ {{Keywords(random, random.Next(3))}}, "$defs": { "d": { {{Keywords(random, 1)}} } } }""";

    private static string Keywords(Random random, int depth)
    {
        var keywords = new List<string> { $$""" "description": "x" """ };
        Add(3, () => $$""" "properties": { {{string.Join(", ", Names.Where(_ => random.Next(3) == 0).Select(name => $"\"{name}\": {Schema(random, depth)}"))}} }""");
        Add(2, () => $$""" "additionalProperties": {{(random.Next(3) == 0 ? Schema(random, depth) : "false")}}""");
        Add(1, () => $$""" "patternProperties": { "^[aA]": {{Schema(random, depth)}} }""");
        Add(1, () => $$""" "required": ["a"]""");
        Add(1, () => $$""" "{{Pick(random, ["allOf", "anyOf", "oneOf"])}}": [{{Schema(random, depth)}}, {{Schema(random, depth)}}]""");
        Add(1, () => $$""" "if": {{Schema(random, depth)}}, "then": {{Schema(random, depth)}}""");
        Add(1, () => $$""" "unevaluatedProperties": {{Schema(random, depth)}}""");
        Add(1, () => $$""" "items": {{Schema(random, depth)}}""");
        Add(1, () => $$""" "$ref": "{{Pick(random, ["#/$defs/d", "#"])}}" """);
        return string.Join(", ", keywords);

        void Add(int of, Func<string> keyword)
        {
            if (random.Next(4) < of)
            {
                keywords.Add(keyword());
            }
        }
    }

    private static string Schema(Random random, int depth) => random.Next(depth > 0 ? 4 : 2) switch
    {
        0 => "true",
        1 => "{}",
        2 when random.Next(3) == 0 => "false",
        _ => $$"""{ {{Keywords(random, depth - 1)}} }""",
    };

    private static string Object(Random random) =>
        $$"""{ {{string.Join(", ", Names.Where(_ => random.Next(4) == 0).Select(name => $"\"{name}\": {Pick(random, Values)}"))}} }""";

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
