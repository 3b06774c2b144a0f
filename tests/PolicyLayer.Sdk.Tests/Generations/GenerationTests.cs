using System.Reflection;
using System.Text;
using System.Text.Json;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Generations;

/// <summary>Every generation of the format, and that it decides the same after it is migrated: <c>cases/generations.json</c>.</summary>
public sealed class GenerationTests
{
    private static readonly IReadOnlyList<JsonElement> All = Cases.Load("generations.json");

    public static TheoryData<string> Names() => [.. All.Select(static one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Document_decides_as_its_generation_means_and_the_same_when_migrated(string name)
    {
        JsonElement one = All.Single(one => one.GetProperty("name").GetString() == name);
        byte[] document = Encoding.UTF8.GetBytes(one.GetProperty("document").GetRawText());
        AssertDecides(one, document);

        PolicyMigration migration = PolicyMigration.Of(new PolicyText(document, "old.json"));
        Assert.Equal(one.GetProperty("generation").GetString(), migration.Generation);
        Assert.Equal(one.GetProperty("notes").EnumerateArray().Select(static note => note.GetString()), migration.Diagnostics.Select(static note => note.Code).Order(StringComparer.Ordinal));
        Assert.All(migration.Diagnostics, static note => Assert.Equal(PolicySeverity.Note, note.Severity));
        byte[] migrated = Encoding.UTF8.GetBytes(migration.Json!);
        AssertDecides(one, migrated);

        PolicyMigration again = PolicyMigration.Of(new PolicyText(migrated, "new.json"));
        Assert.Equal(("policylayer", 0), (again.Generation, again.Diagnostics.Count));
        Assert.Equal(migration.Json, again.Json);
    }

    [Fact]
    public void Every_note_has_a_document_that_raises_it()
    {
        IEnumerable<string> notes = typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!).Where(static code => code.StartsWith("PL3", StringComparison.Ordinal));
        IEnumerable<string> raised = All.SelectMany(static one => one.GetProperty("notes").EnumerateArray()).Select(static note => note.GetString()!).Distinct();
        Assert.Equal(notes.Order(StringComparer.Ordinal), raised.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Migrating_a_document_with_errors_gives_the_errors_at_their_places()
    {
        PolicyMigration migration = PolicyMigration.Of(new PolicyText("""{ "version": "1", "tools": { "a": { "rules": [{ "name": "x", "rate_limit": "often" }] } } }"""u8.ToArray(), "old.json"));
        Assert.Null(migration.Json);
        PolicyDiagnostic error = Assert.Single(migration.Diagnostics, static found => found.Severity == PolicySeverity.Error);
        Assert.Equal(("/tools/a/rules/0/rate_limit", 1, 62), (error.Pointer, error.Line, error.Column));
    }

    private static void AssertDecides(JsonElement one, byte[] document)
    {
        ToolGuard guard = Judging.Guard([ToolPolicy.Parse(document)]);
        foreach (JsonElement call in one.GetProperty("calls").EnumerateArray())
        {
            string[] expected = call[2].GetString()!.Split(' ', 2);
            ToolDecision decision = guard.Decide(new ToolCall(Grant.Default, call[0].GetString()!, call[1]));
            Assert.Equal((call.ToString(), expected[0]), (call.ToString(), decision.ReasonCode));
            Assert.Equal(expected.ElementAtOrDefault(1) ?? decision.Rule, decision.Rule);
        }
    }
}
