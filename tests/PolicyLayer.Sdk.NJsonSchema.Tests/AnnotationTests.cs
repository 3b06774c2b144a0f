using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.NJsonSchema.Tests;

/// <summary>An attribute of validation is enforced, or its type is refused: none is passed over.</summary>
public sealed class AnnotationTests
{
    public static TheoryData<Type> Refused =>
    [
        typeof(WithCustom), typeof(WithPhone), typeof(WithWhole), typeof(WithParameter), typeof(WithTextRuleOnList), typeof(WithRangeOnText), typeof(WithTwoPatterns), typeof(WithWrongValues),
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
    public void FromType_attribute_is_enforced(string member, string wrong, params string[] right)
    {
        JsonSchema schema = JsonSchema.Compile(JsonElement.Parse(ArgumentSchema.FromType<Annotated>().Json));
        Assert.False(schema.IsValid(JsonElement.Parse($$"""{ "{{member}}": {{wrong}} }""")));
        Assert.All(right, value => Assert.True(schema.IsValid(JsonElement.Parse($$"""{ "{{member}}": {{value}} }""")), value));
    }

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
