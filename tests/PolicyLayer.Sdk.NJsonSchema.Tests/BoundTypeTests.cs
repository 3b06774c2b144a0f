using System.Text.Json;
using System.Text.Json.Serialization;
using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>A schema made from a type takes what System.Text.Json binds to it, whatever the generator thinks of the type.</summary>
public sealed class BoundTypeTests
{
    public enum Plain
    {
        One = 1,
        Two = 2,
    }

    [JsonConverter(typeof(JsonStringEnumConverter<Named>))]
    public enum Named
    {
        [JsonStringEnumMemberName("first")]
        First,
        Second,
    }

    [Flags]
    public enum Marks
    {
        Read = 1,
        Write = 2,
    }

    [Theory]
    [InlineData("uByte", "255", "256")]
    [InlineData("sByte", "-128", "-129")]
    [InlineData("short", "32767", "32768")]
    [InlineData("uShort", "0", "-1")]
    [InlineData("uInt", "4294967295", "4294967296")]
    [InlineData("uInts", "[4294967295]", "[-1]")]
    [InlineData("maybe", "null", "4294967296")]
    [InlineData("uLong", "18446744073709551615", "18446744073709551616")]
    [InlineData("uLong", "0", "-1")]
    [InlineData("float", "3.4e38", "3.5e38")]
    [InlineData("double", "1.7e308", "1e400")]
    [InlineData("char", "\"x\"", "\"xy\"")]
    [InlineData("plain", "2", "3")]
    [InlineData("plain", "1", "\"One\"")]
    [InlineData("named", "\"first\"", "\"First\"")]
    [InlineData("named", "\"Second\"", "1")]
    [InlineData("maybeNamed", "null", "\"other\"")]
    [InlineData("nameds", "[\"first\", \"Second\"]", "[0]")]
    public void FromType_takes_what_is_bound_and_no_more(string member, string right, string wrong)
    {
        string json = $$"""{ "{{member}}": {{right}} }""";
        Assert.NotNull(JsonSerializer.Deserialize<Values>(json, JsonSerializerOptions.Web));
        JsonSchema schema = JsonSchema.Compile(JsonElement.Parse(ArgumentSchema.FromType<Values>().Json));
        Assert.Empty(schema.Validate(JsonElement.Parse(json)));
        Assert.False(schema.IsValid(JsonElement.Parse($$"""{ "{{member}}": {{wrong}} }""")));
    }

    [Fact]
    public void FromType_of_several_types_is_refused() =>
        Assert.Contains("one of several types", Assert.Throws<SchemaRefusedException>(static () => ArgumentSchema.FromType<Owner>()).Message, StringComparison.Ordinal);

    [Fact]
    public void FromType_with_a_converter_of_its_own_is_refused()
    {
        Assert.Contains("converter of its own", Assert.Throws<SchemaRefusedException>(static () => ArgumentSchema.FromType<Converted>()).Message, StringComparison.Ordinal);
        Assert.Contains("converter of its own", Assert.Throws<SchemaRefusedException>(static () => ArgumentSchema.FromType<MemberConverted>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromType_flags_are_refused() =>
        Assert.Contains("flags", Assert.Throws<SchemaRefusedException>(static () => ArgumentSchema.FromType<Marked>()).Message, StringComparison.Ordinal);

    private sealed class Values
    {
        public byte UByte { get; set; }

        public sbyte SByte { get; set; }

        public short Short { get; set; }

        public ushort UShort { get; set; }

        public uint UInt { get; set; }

        public List<uint>? UInts { get; set; }

        public uint? Maybe { get; set; }

        public ulong ULong { get; set; }

        public float Float { get; set; }

        public double Double { get; set; }

        public char Char { get; set; }

        public Plain Plain { get; set; }

        public Named Named { get; set; }

        public Named? MaybeNamed { get; set; }

        public List<Named>? Nameds { get; set; }
    }

    private sealed record Owner(Animal Pet);

    [JsonDerivedType(typeof(Cat), "cat")]
    private abstract class Animal
    {
        public string? Name { get; set; }
    }

    private sealed class Cat : Animal;

    private sealed class UpsideDown : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    private sealed class WholeConverter : JsonConverter<Whole>
    {
        public override Whole Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new();

        public override void Write(Utf8JsonWriter writer, Whole value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    [JsonConverter(typeof(WholeConverter))]
    private sealed class Whole
    {
        public string? Name { get; set; }
    }

    private sealed record Converted(Whole Value);

    private sealed class MemberConverted
    {
        [JsonConverter(typeof(UpsideDown))]
        public string? Value { get; set; }
    }

    private sealed record Marked(Marks Value);
}
