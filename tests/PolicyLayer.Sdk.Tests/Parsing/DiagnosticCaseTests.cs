using System.Reflection;
using System.Text.Json;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Parsing;

/// <summary>Each case of <c>cases/diagnostics.json</c> is a document with exactly one error. <c>tools</c> is short for a whole document around it.</summary>
public sealed class DiagnosticCaseTests
{
    private const string Around = """{ "version": "1", "default": "deny", "tools": """;

    private static readonly IReadOnlyList<JsonElement> All = Cases.Load("diagnostics.json");

    /// <summary>Errors of a file or of a bound, which are tested where documents are large or not text.</summary>
    private static readonly string[] Elsewhere = [DiagnosticCodes.Unreadable, DiagnosticCodes.TooLarge, DiagnosticCodes.TooMany];

    public static TheoryData<string> Names() => [.. All.Select(static one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_document_with_one_error_reports_it_and_where(string name)
    {
        JsonElement one = All.Single(one => one.GetProperty("name").GetString() == name);
        bool whole = one.TryGetProperty("document", out JsonElement document);

        // A line feed after what is around, so that the columns of a case are those of its own text.
        string text = whole ? Cases.Text(document) : $"{Around}\n{Cases.Text(one.GetProperty("tools"))}\n}}";
        int line = one.GetProperty("line").GetInt32() + (whole ? 0 : 1);

        PolicyDiagnostic error = Assert.Single(Assert.Throws<PolicyFormatException>(() => ToolPolicy.Parse(text)).Diagnostics, static found => found.Severity == PolicySeverity.Error);
        Assert.Equal(one.GetProperty("code").GetString(), error.Code);
        Assert.Contains(one.GetProperty("message").GetString()!, error.Message, StringComparison.Ordinal);
        Assert.Equal(one.GetProperty("pointer").GetString(), error.Pointer);
        bool ofTools = error.Pointer == "/tools";
        Assert.Equal(ofTools ? (1, Around.IndexOf("\"tools\"", StringComparison.Ordinal) + 1) : (line, one.GetProperty("column").GetInt32()), (error.Line, error.Column));
        Assert.False(char.IsAsciiLetterUpper(error.Message[0]), "messages are lower case");
    }

    [Fact]
    public void Every_error_has_a_case()
    {
        // Lints and notes have case files of their own, each with a test like this one.
        IEnumerable<string> codes = typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!).Where(static code => code.StartsWith("PL1", StringComparison.Ordinal));
        IEnumerable<string> covered = All.Select(static one => one.GetProperty("code").GetString()!).Concat(Elsewhere).Distinct();
        Assert.Equal(codes.Order(StringComparer.Ordinal), covered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Codes_are_unique()
    {
        string[] codes = [.. typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(codes.Distinct().Count(), codes.Length);
        Assert.All(codes, static code => Assert.Matches("^PL[0-9]{4}$", code));
    }
}
