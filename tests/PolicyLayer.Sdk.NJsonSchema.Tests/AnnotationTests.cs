using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>An attribute of validation is enforced, or its type is refused: none is passed over.</summary>
public sealed class AnnotationTests
{
    public static TheoryData<Type> Refused =>
    [
        typeof(WithCustom), typeof(WithPhone), typeof(WithWhole), typeof(WithParameter), typeof(WithTextRuleOnList), typeof(WithRangeOnText), typeof(WithTwoPatterns), typeof(WithWrongValues),
        typeof(WithListThatIsEmpty), typeof(WithLengthOfBytes), typeof(WithLocalRange), typeof(WithRangeOfNoNumber),
    ];

    [Theory]
    [InlineData("open", "0", "1", "10")]
    [InlineData("open", "11", "0.5", "10")]
    [InlineData("code", "\"a\"", "\"ab\"", "\"abc\"")]
    [InlineData("code", "\"abcd\"", "\"ab\"")]
    [InlineData("pair", "[1]", "[1, 2]")]
    [InlineData("pair", "[1, 2, 3]", "[1, 2]")]
    [InlineData("map", "{ }", "{ \"a\": 1 }")]
    [InlineData("map", "{ \"a\": 1, \"b\": 2 }", "{ \"a\": 1 }")]
    [InlineData("unit", "\"m\"", "\"km\"", "\"mi\"")]
    [InlineData("level", "3", "1", "2")]
    [InlineData("notRoot", "\"root\"", "\"alice\"")]
    [InlineData("site", "\"file:///etc/passwd\"", "\"https://example.com/a\"", "\"HTTP://example.com\"")]
    [InlineData("site", "\"javascript:alert(1)//http://\"", "\"ftp://example.com/\"")]
    [InlineData("mail", "\"nobody\"", "\"a@example.com\"")]
    [InlineData("data", "\"a\"", "\"\"", "\"YWI=\"", "\"YWJj\"")]
    [InlineData("data", "\"a===\"", "\"YQ==\"")]
    [InlineData("shorter", "\"abcd\"", "\"abc\"")]
    [InlineData("shorter", "\"a\"", "\"ab\"")]
    [InlineData("longer", "\"a\"", "\"ab\"")]
    [InlineData("longer", "\"abcd\"", "\"abc\"")]
    [InlineData("some", "[]", "[1]", "[1, 2]")]
    [InlineData("some", "[1, 2, 3]", "[1]")]
    [InlineData("share", "0.05", "0.1", "0.9")]
    [InlineData("share", "5", "0.5")]
    [InlineData("fine", "0.123456789012346", "0.12345678901234568")]
    [InlineData("small", "3000000000", "-5", "5")]
    public void FromType_attribute_is_enforced(string member, string wrong, params string[] right)
    {
        JsonSchema schema = JsonSchema.Compile(JsonElement.Parse(ArgumentSchema.FromType<Annotated>().Json));
        Assert.False(schema.IsValid(JsonElement.Parse($$"""{ "{{member}}": {{wrong}} }""")));
        Assert.All(right, value => Assert.True(schema.IsValid(JsonElement.Parse($$"""{ "{{member}}": {{value}} }""")), value));
    }

    [Fact]
    public void FromType_reads_limits_alike_in_every_culture()
    {
        string schema = ArgumentSchema.FromType<Annotated>().Json;
        CultureInfo before = CultureInfo.CurrentCulture;
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (german.NumberFormat.NumberDecimalSeparator, german.NumberFormat.NumberGroupSeparator) = (",", ".");
        try
        {
            CultureInfo.CurrentCulture = german;
            Assert.Equal(schema, ArgumentSchema.FromType<Annotated>().Json);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("\"\"", false)]
    [InlineData("\" \\u0085\\u00A0\\n\"", false)]
    [InlineData("\"\\n a\"", true)]
    public void FromType_required_text_is_not_blank(string text, bool holds) =>
        Assert.Equal(holds, JsonSchema.Compile(JsonElement.Parse(ArgumentSchema.FromType<WithRequiredText>().Json)).IsValid(JsonElement.Parse($$"""{ "text": {{text}} }""")));

    [Fact]
    public void FromType_length_without_an_end_is_none() =>
        Assert.True(JsonSchema.Compile(JsonElement.Parse(ArgumentSchema.FromType<WithEndlessText>().Json)).IsValid(JsonElement.Parse("""{ "value": "abc" }""")));

    [Theory]
    [InlineData(typeof(WithHugeRange))]
    [InlineData(typeof(WithRangeOfNothing))]
    public void FromType_range_that_no_decimal_holds_is_refused(Type type) => Assert.Throws<SchemaRefusedException>(() => Make(type));

    [Theory]
    [MemberData(nameof(Refused))]
    public void FromType_attribute_that_no_schema_says_is_refused(Type type)
    {
        SchemaRefusedException refused = Assert.Throws<SchemaRefusedException>(() => Make(type));
        Assert.Contains("Attribute` on `" + type.Name, refused.Message, StringComparison.Ordinal);
    }

    private static void Make(Type type)
    {
        try
        {
            typeof(ArgumentSchema).GetMethod(nameof(ArgumentSchema.FromType))!.MakeGenericMethod(type).Invoke(null, [null]);
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    private sealed class Annotated
    {
        [Range(0, 10, MinimumIsExclusive = true)]
        public decimal Open { get; set; }

        [Length(2, 3)]
        public string? Code { get; set; }

        [Length(2, 2)]
        public List<int>? Pair { get; set; }

        [Length(1, 1)]
        public Dictionary<string, int>? Map { get; set; }

        [AllowedValues("km", "mi")]
        public string? Unit { get; set; }

        [AllowedValues(1, 2)]
        public int Level { get; set; }

        [DeniedValues("root")]
        public string? NotRoot { get; set; }

        [Url]
        public string? Site { get; set; }

        [EmailAddress]
        public string? Mail { get; set; }

        [Base64String]
        public string? Data { get; set; }

        [MaxLength(3)]
        [StringLength(10, MinimumLength = 2)]
        public string? Shorter { get; set; }

        [StringLength(3)]
        [MinLength(2)]
        public string? Longer { get; set; }

        [Length(1, 4)]
        [MaxLength(2)]
        public List<int>? Some { get; set; }

        [Range(typeof(decimal), "0.1", "0.9")]
        public decimal Share { get; set; }

        [Range(0, 0.12345678901234568)]
        public double Fine { get; set; }

        [Range(double.NegativeInfinity, double.PositiveInfinity)]
        public int Small { get; set; }

    }

    private sealed class WithRequiredText
    {
        [Required]
        public string? Text { get; set; }
    }

    private sealed class WithListThatIsEmpty
    {
        [MaxLength(0)]
        public List<int>? Value { get; set; }
    }

    private sealed class WithLengthOfBytes
    {
        [MinLength(3)]
        public byte[]? Value { get; set; }
    }

    private sealed class WithLocalRange
    {
        [Range(typeof(decimal), "0,1", "0,9")]
        public decimal Value { get; set; }
    }

    private sealed class WithRangeOfNoNumber
    {
        [Range(0, double.NaN)]
        public double Value { get; set; }
    }

    private sealed class WithRangeOfNothing
    {
        [Range(double.PositiveInfinity, double.PositiveInfinity)]
        public double Value { get; set; }
    }

    private sealed class WithHugeRange
    {
        [Range(0, float.MaxValue)]
        public float Value { get; set; }
    }

    private sealed class WithEndlessText
    {
        [MaxLength]
        public string? Value { get; set; }
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class EvenAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is int number && number % 2 == 0;
    }

    private sealed class WithCustom
    {
        [Even]
        public int Value { get; set; }
    }

    private sealed class WithPhone
    {
        [Phone]
        public string? Value { get; set; }
    }

    [CustomValidation(typeof(AnnotationTests), nameof(Make))]
    private sealed class WithWhole
    {
        public string? Value { get; set; }
    }

    private sealed record WithParameter([Range(1, 5)] int Value);

    private sealed class WithTextRuleOnList
    {
        [RegularExpression("a+")]
        public List<string>? Value { get; set; }
    }

    private sealed class WithRangeOnText
    {
        [Range(1, 5)]
        public string? Value { get; set; }
    }

    private sealed class WithTwoPatterns
    {
        [Url]
        [RegularExpression("https://.*")]
        public string? Value { get; set; }
    }

    private sealed class WithWrongValues
    {
        [AllowedValues(1, 2)]
        public string? Value { get; set; }
    }
}
