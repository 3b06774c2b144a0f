using System.Text.Json;
using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Schemas;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>The published schema of the document says what the checker says, as far as a schema can.</summary>
public sealed class PolicySchemaTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(File.ReadAllText(Checkout.File("docs", "policy.schema.json")));

    private static readonly JsonSchema Compiled = JsonSchema.Compile(Schema);

    /// <summary>Errors that are no matter of shape: two things that do not go together, or a text that must be read to be judged.</summary>
    private static readonly string[] BeyondASchema =
    [
        "PL1006", "PL1015", "PL1016", "PL1017", "PL1018", "PL1020", "PL1021",
        "host with a scheme", "host that programs read in two ways", "network with bits after its prefix",
        "lt with an exponent beyond comparing", "in with an exponent beyond comparing", "half a surrogate pair",
    ];

    public static TheoryData<string> Wrong() => [.. Cases().Where(static one => IsAboutShape(one)).Select(static one => one.GetProperty("name").GetString()!)];

    public static TheoryData<string> Policies() => [.. Directory.EnumerateFiles(Checkout.File("samples"), "*.json", SearchOption.AllDirectories).Where(static file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal) && File.ReadAllText(file).Contains("\"version\"", StringComparison.Ordinal)).Select(static file => Path.GetRelativePath(Checkout.Root, file))];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Document_that_the_checker_refuses_for_its_shape_is_no_instance(string name)
    {
        JsonElement one = Cases().Single(one => one.GetProperty("name").GetString() == name);
        Assert.False(Compiled.IsValid(Document(one)), name);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Policy_that_is_used_is_an_instance(string file)
    {
        string text = File.ReadAllText(Checkout.File(file));
        ToolPolicy.Parse(text);
        Assert.True(Compiled.IsValid(JsonElement.Parse(text)), file);
    }

    [Fact]
    public void Members_are_those_of_the_checker()
    {
        AssertMembers("OfDocument", Schema);
        AssertMembers("OfEntry", Def("entry"));
        AssertMembers("OfRule", Def("rule"));
        AssertMembers("OfApprovalRule", Def("approvalRule"));
        AssertMembers("OfRateLimit", Def("entry").GetProperty("properties").GetProperty("rate_limit"));
        AssertMembers("OfCondition", [.. Def("condition").GetProperty("anyOf").EnumerateArray()]);
        AssertMembers("OfLimit", [.. Def("limit").GetProperty("anyOf").EnumerateArray()]);
    }

    [Fact]
    public void Operators_are_those_of_the_checker()
    {
        var names = (string[])Internal("Compilation.Operators.OperatorFactory", "Names");
        IEnumerable<string> written = Def("condition").GetProperty("anyOf").EnumerateArray().Where(static one => one.GetProperty("properties").TryGetProperty("op", out _))
            .SelectMany(static one => one.GetProperty("properties").GetProperty("op").GetProperty("enum").EnumerateArray()).Select(static op => op.GetString()!).Distinct();
        Assert.Equal(names.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    private static void AssertMembers(string known, params JsonElement[] schemas) => Assert.Equal(
        ((string[])Internal("Parsing.Members", known)).Order(StringComparer.Ordinal),
        schemas.SelectMany(static schema => schema.GetProperty("properties").EnumerateObject()).Select(static member => member.Name).Except(["$schema", "description"]).Order(StringComparer.Ordinal));

    private static object Internal(string type, string field) =>
        typeof(ToolPolicy).Assembly.GetType("PolicyLayer.Sdk." + type, throwOnError: true)!.GetField(field)!.GetValue(null)!;

    private static JsonElement Def(string name) => Schema.GetProperty("$defs").GetProperty(name);

    private static JsonElement.ArrayEnumerator Cases() => JsonElement.Parse(File.ReadAllText(Checkout.File("tests", "PolicyLayer.Sdk.Tests", "cases", "diagnostics.json"))).EnumerateArray();

    private static bool IsAboutShape(JsonElement one) =>
        !BeyondASchema.Contains(one.GetProperty("code").GetString()) && !BeyondASchema.Contains(one.GetProperty("name").GetString()) && Document(one).ValueKind != JsonValueKind.Undefined;

    /// <summary>The document of a case; undefined where it is no JSON.</summary>
    private static JsonElement Document(JsonElement one)
    {
        bool whole = one.TryGetProperty("document", out JsonElement document);
        JsonElement text = whole ? document : one.GetProperty("tools");
        string written = text.ValueKind == JsonValueKind.Array ? string.Join('\n', text.EnumerateArray()) : text.GetString()!;
        try
        {
            return JsonElement.Parse(whole ? written : $$"""{ "version": "1", "default": "deny", "tools": {{written}} }""");
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
