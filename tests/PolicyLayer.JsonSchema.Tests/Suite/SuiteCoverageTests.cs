namespace PolicyLayer.Schemas.Tests.Suite;

/// <summary>Coverage may only grow: a file that is no longer wholly covered, or a test that is no longer run, shows here.</summary>
public sealed class SuiteCoverageTests
{
    private static readonly string[] Full202012 =
    [
        "additionalProperties", "allOf", "anyOf", "boolean_schema", "const", "default", "dependentRequired", "dependentSchemas", "enum",
        "exclusiveMaximum", "exclusiveMinimum", "format", "if-then-else", "maxItems", "maxLength", "maxProperties", "maximum", "minItems",
        "minLength", "minProperties", "minimum", "multipleOf", "oneOf", "pattern", "patternProperties", "prefixItems",
        "properties", "propertyNames", "required", "type", "uniqueItems",
    ];

    private static readonly string[] Full7 =
    [
        "additionalProperties", "allOf", "anyOf", "boolean_schema", "const", "default", "enum", "exclusiveMaximum", "exclusiveMinimum", "format",
        "if-then-else", "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties",
        "minimum", "multipleOf", "not", "oneOf", "pattern", "patternProperties", "properties", "propertyNames", "required",
        "type",
    ];

    [Fact]
    public void Files_of_2020_12_stay_covered() => Check("draft2020-12", JsonSchemaDialect.Draft202012, Full202012, groups: 205, tests: 841);

    [Fact]
    public void Files_of_draft_7_stay_covered() => Check("draft7", JsonSchemaDialect.Draft7, Full7, groups: 178, tests: 706);

    private static void Check(string draft, JsonSchemaDialect dialect, string[] files, int groups, int tests)
    {
        SuiteResult result = OfficialSuiteTests.Run(draft, dialect);

        Assert.Equal(files, result.FullFiles);

        // At least, because another copy of the suite may have more.
        Assert.InRange(result.Groups, groups, int.MaxValue);
        Assert.InRange(result.Tests, tests, int.MaxValue);

        // What is left out is left out for a known reason, not by mistake.
        Assert.All(result.RefusedOtherwise, refused => Assert.StartsWith("vocabulary: ", refused, StringComparison.Ordinal));
    }
}
