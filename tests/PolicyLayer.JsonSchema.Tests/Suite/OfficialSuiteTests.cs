using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Suite;

public sealed class OfficialSuiteTests
{
    [Theory]
    [InlineData("draft2020-12", JsonSchemaDialect.Draft202012)]
    [InlineData("draft7", JsonSchemaDialect.Draft7)]
    public void Every_schema_that_compiles_gives_the_expected_answers(string draft, JsonSchemaDialect dialect)
    {
        SuiteResult result = Run(draft, dialect);

        Assert.Empty(result.Wrong);
        TestContext.Current.TestOutputHelper?.WriteLine(result.Describe());
    }

    internal static SuiteResult Run(string draft, JsonSchemaDialect dialect)
    {
        var result = new SuiteResult();
        foreach (SuiteGroup group in OfficialSuite.Read(draft))
        {
            // What is required says of every text that it is valid, whatever its format.
            var options = new JsonSchemaOptions { Dialect = dialect, FormatsAsAnnotations = group.File == "format" };
            if (!JsonSchema.TryCompile(group.Schema, options, out JsonSchema? schema, out IReadOnlyList<JsonSchemaError> errors))
            {
                result.Refuse(group, errors);
                continue;
            }

            result.Cover(group);
            foreach (JsonElement test in group.Tests)
            {
                JsonElement instance = test.GetProperty("data");
                bool expected = test.GetProperty("valid").GetBoolean();
                if (schema.IsValid(instance) != expected || (schema.Validate(instance).Count == 0) != expected)
                {
                    result.Wrong.Add($"{group} / {test.GetProperty("description").GetString()}");
                }
            }
        }

        return result;
    }
}
