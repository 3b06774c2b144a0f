using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Suite;

public sealed class OfficialSuiteTests
{
    /// <summary>At least so many, because another copy of the suite may have more; fewer, and the copy is not whole.</summary>
    [Theory]
    [InlineData("draft2020-12", JsonSchemaDialect.Draft202012, 1299)]
    [InlineData("draft7", JsonSchemaDialect.Draft7, 927)]
    public void Every_required_test_passes(string draft, JsonSchemaDialect dialect, int least)
    {
        int tests = 0;
        var wrong = new List<string>();
        Dictionary<string, JsonElement> remotes = OfficialSuite.ReadRemotes();
        foreach (SuiteGroup group in OfficialSuite.Read(draft))
        {
            // What is required says of every text that it is valid, whatever its format.
            var options = new JsonSchemaOptions { Dialect = dialect, Resources = remotes, AllowUnknownKeywords = true, IgnoreRefSiblings = true, FormatsAsAnnotations = group.File == "format" };
            if (!JsonSchema.TryCompile(group.Schema, options, out JsonSchema? schema, out IReadOnlyList<JsonSchemaError> errors))
            {
                wrong.Add($"{group} does not compile: {string.Join("; ", errors)}");
                continue;
            }

            foreach (JsonElement test in group.Tests)
            {
                JsonElement instance = test.GetProperty("data");
                bool expected = test.GetProperty("valid").GetBoolean();
                tests++;
                if (schema.IsValid(instance) != expected || (schema.Validate(instance).Count == 0) != expected)
                {
                    wrong.Add($"{group} / {test.GetProperty("description").GetString()}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(tests, least, int.MaxValue);
    }
}
