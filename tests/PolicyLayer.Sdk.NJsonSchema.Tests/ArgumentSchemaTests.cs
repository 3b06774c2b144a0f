using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>A schema made from a type takes what the type is written as, and nothing that the annotations forbid.</summary>
public sealed class ArgumentSchemaTests
{
    private static readonly JsonSerializerOptions Texts = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter() } };

    private static readonly JsonSchema Sample = Compile(ArgumentSchema.FromType<SampleArguments>());

    /// <summary>A member, and a value that must not pass.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { "title", "null" }, { "title", "\"a\"" }, { "title", "\"aaaaaaaaaaa\"" }, { "title", "5" },
        { "body", "null" },
        { "count", "0" }, { "count", "11" }, { "count", "1.5" }, { "count", "\"1\"" }, { "count", "null" },
        { "size", "9223372036854775808" }, { "size", "\"1\"" },
        { "small", "-1" }, { "small", "256" },
        { "price", "79228162514264337593543950336" }, { "price", "true" },
        { "code", "\"ab\"" }, { "code", "\"\"" },
        { "colour", "2" }, { "colour", "\"Red\"" },
        { "id", "\"1\"" }, { "at", "\"yesterday\"" }, { "pause", "5" },
        { "tree", "5" }, { "tree", """{ "next": { "name": 5 } }""" }, { "tree", """{ "children": [null] }""" }, { "tree", """{ "extra": 1 }""" },
        { "tags", """["a", "b", "c", "d"]""" }, { "tags", "[1]" }, { "tags", "\"a\"" },
        { "scores", """{ "a": "b" }""" }, { "scores", """{ "a": 2147483648 }""" },
        { "hidden", "\"\"" }, { "extra", "1" }, { "Count", "1" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void FromType_refuses_what_annotations_forbid(string member, string value)
    {
        Dictionary<string, JsonElement> arguments = Written(Some());
        Assert.True(Sample.IsValid(arguments));
        arguments[member] = JsonElement.Parse(value);
        Assert.False(Sample.IsValid(arguments));
    }

    [Theory]
    [InlineData("title")]
    [InlineData("body")]
    public void FromType_required_member_may_not_be_missing(string member)
    {
        Dictionary<string, JsonElement> arguments = Written(Some());
        Assert.True(arguments.Remove(member));
        Assert.False(Sample.IsValid(arguments));
    }

    [Fact]
    public void FromType_random_values_hold_and_mutated_ones_do_not()
    {
        Gen<SampleArguments> values =
            from count in Gen.Choose(1, 10)
            from size in ArbMap.Default.GeneratorFor<long?>()
            from small in ArbMap.Default.GeneratorFor<byte>()
            from price in ArbMap.Default.GeneratorFor<decimal>()
            from letters in Gen.Choose(2, 10)
            from depth in Gen.Choose(0, 8)
            from tags in Gen.Choose(0, 3)
            select Some(count, size, small, price, letters, depth, tags);
        Prop.ForAll(Arb.From(values), static value =>
        {
            Dictionary<string, JsonElement> arguments = Written(value);
            return Sample.IsValid(arguments)
                && arguments.Keys.Where(static name => name != "anything").All(name => !Sample.IsValid(With(arguments, name, "[{ \"no\": [] }]")))
                && !Sample.IsValid(With(arguments, "extra", "1"))
                && !Sample.IsValid(With(arguments, "count", (value.Count + 10).ToString(System.Globalization.CultureInfo.InvariantCulture)))
                && !Sample.IsValid(arguments.Where(static member => member.Key != "title").ToDictionary());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void FromType_enums_are_texts_where_the_options_say_so()
    {
        JsonSchema schema = Compile(ArgumentSchema.FromType<SampleArguments>(Texts));
        Assert.True(schema.IsValid(Written(Some(), Texts)));
        Assert.False(schema.IsValid(With(Written(Some(), Texts), "colour", "\"Blue\"")));
    }

    [Fact]
    public void FromType_names_follow_the_options()
    {
        JsonSchema schema = Compile(ArgumentSchema.FromType<SampleArguments>(JsonSerializerOptions.Default));
        Assert.True(schema.IsValid(Written(Some(), JsonSerializerOptions.Default)));
        Assert.False(schema.IsValid(Written(Some())));
    }

    [Fact]
    public void FromType_pattern_that_cannot_be_enforced_is_refused() =>
        Assert.Throws<SchemaRefusedException>(static () => ArgumentSchema.FromType<Backreference>());

    [Fact]
    public void ToToolSchema_can_be_enforced() => Assert.Null(ArgumentSchema.FromType<SampleArguments>().ToToolSchema().Problem);

    private static SampleArguments Some(int count = 1, long? size = null, byte small = 0, decimal price = 1.5m, int letters = 2, int depth = 2, int tags = 1)
    {
        SampleNode? tree = null;
        for (int i = 0; i < depth; i++)
        {
            tree = new SampleNode { Name = "n", Next = tree, Children = i == 1 ? [new SampleNode()] : null };
        }

        return new SampleArguments
        {
            Title = new string('t', letters),
            Body = "b",
            Count = count,
            Size = size,
            Small = small,
            Price = price,
            Tree = tree,
            Tags = [.. Enumerable.Repeat<string?>(null, tags)],
            Scores = { ["a"] = 1 },
            Code = new string('a', letters),
        };
    }

    private static Dictionary<string, JsonElement> Written(SampleArguments value, JsonSerializerOptions? options = null) =>
        JsonSerializer.SerializeToElement(value, options ?? JsonSerializerOptions.Web).EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value);

    private static Dictionary<string, JsonElement> With(Dictionary<string, JsonElement> arguments, string name, string value) =>
        new(arguments, StringComparer.Ordinal) { [name] = JsonElement.Parse(value) };

    private static JsonSchema Compile(ArgumentSchema schema) => JsonSchema.Compile(JsonElement.Parse(schema.Json));

    private sealed class Backreference
    {
        [RegularExpression("(a)\\1")]
        public string Value { get; set; } = "";
    }
}
