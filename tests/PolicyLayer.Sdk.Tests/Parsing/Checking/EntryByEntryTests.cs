using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;
using PolicyLayer.Sdk.Parsing.Checking;
using PolicyLayer.Sdk.Parsing.Generations;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Parsing.Checking;

/// <summary>A document that is checked entry by entry, while it is read, is accepted exactly where it is accepted as a whole, and says the same.</summary>
public sealed class EntryByEntryTests
{
    [Fact]
    public void Generated_documents_are_accepted_both_ways() => Prop.ForAll(GeneratedPolicy.Seeds.ToArbitrary(), static seed =>
    {
        string text = GeneratedPolicy.Make(new Random(seed)).ToJson(new Random(seed));
        Assert.True(AcceptsBothWays(Encoding.UTF8.GetBytes(text)), text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Damaged_documents_are_judged_alike_both_ways() => Prop.ForAll(GeneratedPolicy.Seeds.ToArbitrary(), static seed =>
    {
        var random = new Random(seed);
        AcceptsBothWays(GeneratedPolicy.Mutate(GeneratedPolicy.Make(random).ToJson(random), random));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void Documents_with_one_error_are_refused_entry_by_entry()
    {
        foreach (JsonElement one in Cases.Load("diagnostics.json"))
        {
            string text = one.TryGetProperty("document", out JsonElement document)
                ? Cases.Text(document)
                : $$"""{ "version": "1", "default": "deny", "tools": {{Cases.Text(one.GetProperty("tools"))}} }""";
            Assert.False(AcceptsBothWays(Encoding.UTF8.GetBytes(text)), text);
        }
    }

    [Theory]
    [InlineData("""{ "tools": { "a": {} }, "default": "deny", "version": "1" }""", true)]
    [InlineData("""{ "tools": { "a": {} }, "default": "deny", "version": "1", "tools": { "b": {} } }""", false)]
    [InlineData("""{ "tools": { "a": {}, "a": {} }, "default": "deny", "version": "1" }""", false)]
    [InlineData("""{ "tools": { "a": {}, "\u0061": {} }, "default": "deny", "version": "1" }""", false)]
    [InlineData("""{ "tools": { "a": {}, "b": 1 }, "default": "deny", "version": "1" }""", false)]
    [InlineData("""{ "tools": { "a": {}, "b": [{}] }, "default": "deny", "version": "1" }""", false)]
    [InlineData("""{ "tools": { "a": {} }, "version": "1" }""", false)]
    [InlineData("""{ "tools": [{ "a": {} }], "default": "deny", "version": "1" }""", false)]
    [InlineData("""[{ "tools": { "a": {} }, "default": "deny", "version": "1" }]""", false)]
    [InlineData("""{ "tools": { "a": {} }, "default": "deny", "version": "1" } { }""", false)]
    [InlineData("""{ "tools": { "a": {} }, "default": "deny", "version": "1", "approvals": {} }""", false)]
    [InlineData("""{ "tools": { "tools": {}, "x": { "arguments": { "properties": { "tools": { "properties": {} } } } } }, "default": "deny", "version": "1" }""", true)]
    [InlineData("""{ "all_tools": { "arguments": { "properties": { "tools": { "description": "a {}" } } } }, "default": "deny", "version": "1" }""", true)]
    public void Documents_of_odd_shape_are_judged_alike_both_ways(string text, bool isAccepted) =>
        Assert.Equal(isAccepted, AcceptsBothWays(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Bound_of_entries_holds_entry_by_entry(int tools, bool isAccepted)
    {
        string text = $$"""{ "version": "1", "default": "deny", "tools": { {{string.Join(',', Enumerable.Range(0, tools).Select(static i => $"\"t{i}\": {{}}"))}} } }""";
        Assert.Equal(isAccepted, AcceptsBothWays(Encoding.UTF8.GetBytes(text), new PolicyBounds { MaxEntries = 3 }));
    }

    /// <summary>Judges a document both ways, which must agree but for older generations: those are only read as a whole.</summary>
    private static bool AcceptsBothWays(byte[] document, PolicyBounds? bounds = null)
    {
        (DiagnosticBag whole, DiagnosticBag parts) = (new DiagnosticBag("whole"), new DiagnosticBag("parts"));
        PolicyDocument? one = PolicyChecker.CheckWhole(document, bounds ?? PolicyBounds.Default, whole);
        PolicyDocument? other = PolicyChecker.CheckEntryByEntry(document, bounds ?? PolicyBounds.Default, parts);
        Assert.True(parts.IsEmpty, "what is wrong is said once, by whoever reads the whole");
        PolicyChecker.Read(document, PolicyBounds.Default, new DiagnosticBag("generation"), out Generation generation);
        Assert.Equal(one is not null && whole.IsEmpty && generation == Generation.PolicyLayer, other is not null);
        if (other is not null)
        {
            Assert.Equal(Shape(one!), Shape(other));
        }

        return other is not null;
    }

    private static IEnumerable<string> Shape(PolicyDocument document) =>
        [$"{document.DefaultAllow} {string.Join(',', document.Hide.Select(static pattern => pattern.Text))}", .. document.Tools.Prepend(document.AllTools).Select(Shape)];

    private static string Shape(CompiledEntry? entry) => entry is null ? "none" : string.Join(' ', [
        entry.Pattern?.Text ?? "all", entry.Deny?.Id ?? "-", entry.Arguments?.Reference.Id ?? "-",
        .. entry.Require.Concat(entry.DenyIf).Concat(entry.Approvals.Select(static approval => approval.Rule)).Select(static rule => rule.Reference.Id),
        .. entry.Limits.Select(static limit => $"{limit.Reference.Id} {limit.Counter} {limit.Rule.Max} {limit.Rule.CountsInSlices}"),
    ]);
}
