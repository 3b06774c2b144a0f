namespace PolicyLayer.Schemas.Tests.Suite;

/// <summary>Coverage may only grow: a file that is no longer wholly covered, or a test that is no longer run, shows here.</summary>
public sealed class SuiteCoverageTests
{
    private static readonly string[] Full202012 =
    [
        "allOf", "anchor", "anyOf", "boolean_schema", "const", "contains", "content", "default",
        "defs", "dependentRequired", "dependentSchemas", "dynamicRef", "enum", "exclusiveMaximum", "exclusiveMinimum", "if-then-else",
        "infinite-loop-detection", "items", "maxContains", "maxItems", "maxLength", "maxProperties", "maximum", "minContains",
        "minItems", "minLength", "minProperties", "minimum", "multipleOf", "not", "oneOf", "prefixItems",
        "ref", "refRemote", "required", "type", "unevaluatedItems", "uniqueItems", "vocabulary",
    ];

    private static readonly string[] Full7 =
    [
        "additionalItems", "allOf", "anyOf", "boolean_schema", "const", "contains", "default", "definitions",
        "dependencies", "enum", "exclusiveMaximum", "exclusiveMinimum", "if-then-else", "infinite-loop-detection", "items", "maxItems",
        "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf",
        "not", "oneOf", "ref", "refRemote", "required", "type", "uniqueItems",
    ];

    [Fact]
    public void Files_of_2020_12_stay_covered() => Check("draft2020-12", JsonSchemaDialect.Draft202012, Full202012, groups: 346, tests: 1081);

    [Fact]
    public void Files_of_draft_7_stay_covered() => Check("draft7", JsonSchemaDialect.Draft7, Full7, groups: 229, tests: 774);

    private static void Check(string draft, JsonSchemaDialect dialect, string[] files, int groups, int tests)
    {
        SuiteResult result = OfficialSuiteTests.Run(draft, dialect);

        Assert.Equal(files, result.FullFiles);

        // At least, because another copy of the suite may have more.
        Assert.InRange(result.Groups, groups, int.MaxValue);
        Assert.InRange(result.Tests, tests, int.MaxValue);

        // What is left out is left out for a known reason, not by mistake.
        Assert.Empty(result.RefusedOtherwise);
    }
}
