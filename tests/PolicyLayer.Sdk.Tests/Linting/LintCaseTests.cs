using System.Reflection;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Linting;

/// <summary>Each case of <c>cases/lints.json</c> is a sound document and the warnings that it gets, in the order of the document.</summary>
public sealed class LintCaseTests
{
    private static readonly IReadOnlyList<JsonElement> All = Cases.Load("lints.json");

    private static readonly ToolCatalog Catalog = ToolCatalog.Parse(
        """{ "jsonrpc": "2.0", "id": 1, "result": { "tools": [{ "name": "read", "inputSchema": { "type": "object", "required": ["path"], "properties": { "path": { "type": "string" } }, "additionalProperties": false } }, { "name": "write" }, { "name": "find", "inputSchema": { "properties": { "x": { "$ref": "#/$defs/x", "type": "string" } }, "patternProperties": { "^y": {} }, "additionalProperties": false } }] } }"""u8, "tools.json");

    public static TheoryData<string> Names() => [.. All.Select(static one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Document_gets_its_warnings_and_decides_as_before(string name)
    {
        JsonElement one = All.Single(one => one.GetProperty("name").GetString() == name);
        string hide = one.TryGetProperty("hide", out JsonElement hidden) ? hidden.GetRawText() : "[]";
        string all = one.TryGetProperty("all_tools", out JsonElement every) ? every.GetRawText() : "{}";
        string document = $$"""{ "version": "1", "default": "deny", "hide": {{hide}}, "all_tools": {{all}}, "tools": {{one.GetProperty("tools").GetRawText()}} }""";
        PolicyReview review = PolicyReview.Of(new PolicyText(Encoding.UTF8.GetBytes(document), "p.json"), one.TryGetProperty("catalog", out _) ? Catalog : null);
        Assert.Equal(one.GetProperty("warnings").EnumerateArray().Select(static warning => warning.GetString()), review.Diagnostics.Select(static found => $"{found.Code} {found.Pointer}"));
        Assert.Contains(one.TryGetProperty("says", out JsonElement says) ? says.GetString()! : string.Empty, string.Join('\n', review.Diagnostics), StringComparison.Ordinal);
        Assert.All(review.Diagnostics, static found => Assert.Equal((PolicySeverity.Warning, true), (found.Severity, found.Line > 0)));
        Assert.False(review.HasErrors);
        Assert.NotNull(ToolPolicy.Parse(document));
    }

    [Fact]
    public void Every_lint_has_cases_that_raise_it()
    {
        IEnumerable<string> lints = typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!).Where(static code => code.StartsWith("PL2", StringComparison.Ordinal) && code != DiagnosticCodes.NotCompared);
        IEnumerable<string> raised = All.SelectMany(static one => one.GetProperty("warnings").EnumerateArray()).Select(static warning => warning.GetString()![..6]).Distinct();
        Assert.Equal(lints.Order(StringComparer.Ordinal), raised.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Linting_never_throws_and_finds_no_errors()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            var text = new PolicyText(Encoding.UTF8.GetBytes(GeneratedPolicy.Make(new Random(seed)).ToJson()), "p.json");
            Assert.False(PolicyReview.Of(text, seed % 2 == 0 ? Catalog : null).HasErrors);
        }
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("""{ "tools": [{ "name": "a" }], "nextCursor": "x" }""", 1)]
    [InlineData("""[{ "name": "a", "annotations": { "readOnlyHint": true } }]""", 1)]
    public void Catalog_reads_every_shape_of_a_list(string json, int count) =>
        Assert.Equal(count, ToolCatalog.Parse(Encoding.UTF8.GetBytes(json), "tools.json").Tools.Count);

    [Theory]
    [InlineData("{}")]
    [InlineData("5")]
    [InlineData("")]
    [InlineData("""[{ "title": "a" }]""")]
    [InlineData("""[{ "name": "a" }, { "name": "a" }]""")]
    [InlineData("""[{ "name": "a", "name": "b" }]""")]
    public void Catalog_that_is_no_list_is_refused(string json) =>
        Assert.NotEmpty(Assert.Throws<PolicyFormatException>(() => ToolCatalog.Parse(Encoding.UTF8.GetBytes(json), "tools.json")).Diagnostics);
}
