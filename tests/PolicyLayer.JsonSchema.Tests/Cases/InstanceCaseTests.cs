using System.Text.Json;

namespace PolicyLayer.Schemas.Tests.Cases;

public sealed class InstanceCaseTests
{
    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (string file in CaseFiles.OfInstances)
            {
                for (int i = 0; i < CaseFiles.Read(file).Count(); i++)
                {
                    cases.Add(file, i);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Instances_are_judged_as_the_case_says(string file, int index)
    {
        JsonElement group = CaseFiles.Read(file).ElementAt(index);
        JsonSchema schema = JsonSchema.Compile(group.GetProperty("schema"), CaseFiles.OptionsOf(group));
        foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
        {
            JsonElement data = test.GetProperty("data");
            string what = $"{group.GetProperty("description").GetString()}: {data.GetRawText()}";
            bool isValid = test.TryGetProperty("valid", out JsonElement valid) && valid.GetBoolean();

            Assert.True(schema.IsValid(data) == isValid, what);
            Assert.True((schema.Validate(data).Count == 0) == isValid, what);
            CheckErrors(test, schema.Validate(data), what);
            if (CaseFiles.ToDictionary(data) is { } members)
            {
                Assert.True(schema.IsValid(members) == isValid, what);
                CheckErrors(test, schema.Validate(members), what);
            }
        }
    }

    private static void CheckErrors(JsonElement test, IReadOnlyList<JsonValidationError> errors, string what)
    {
        if (test.TryGetProperty("errors", out JsonElement expected))
        {
            string[] actual = [.. errors.Select(e => $"{e.Keyword} {Show(e.InstancePointer)} {Show(e.SchemaPointer)} {e.Message}")];
            Assert.True(expected.EnumerateArray().Select(e => e.GetString()).SequenceEqual(actual), $"{what}{Environment.NewLine}{string.Join(Environment.NewLine, actual)}");
        }
    }

    private static string Show(string pointer) => pointer.Length == 0 ? "\"\"" : pointer;
}
