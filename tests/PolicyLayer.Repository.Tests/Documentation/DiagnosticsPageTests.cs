using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PolicyLayer.Repository.Tests.Support;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>The page of diagnostics knows every code, and each of its documents gives exactly the line that it shows.</summary>
public sealed class DiagnosticsPageTests
{
    private static readonly Type[] CodeTypes =
    [
        typeof(ToolPolicy).Assembly.GetType("PolicyLayer.Sdk.Parsing.DiagnosticCodes", throwOnError: true)!,
        typeof(YamlPolicyText).Assembly.GetType("PolicyLayer.Sdk.Yaml.YamlCodes", throwOnError: true)!,
    ];

    /// <summary>What no page can show: documents that are too large, too deep or no text.</summary>
    private static readonly Dictionary<string, Func<PolicyText>> Built = new(StringComparer.Ordinal)
    {
        ["PL1002"] = static () => Json(new string(' ', (32 << 20) + 1)),
        ["PL1003"] = static () => new PolicyText(Encoding.Unicode.GetBytes("\uFEFF{ \"version\": \"1\", \"default\": \"deny\" }"), "policy.json"),
        ["PL1005"] = static () => Json($$"""{ "version": "1", "default": "deny", "x-deep": {{new string('[', 64)}}{{new string(']', 64)}} }"""),
        ["PL1019"] = static () => Json($$"""{ "version": "1", "default": "deny", "hide": [{{string.Join(", ", Enumerable.Repeat("\"a\"", 100_001))}}] }"""),
        ["PL2013"] = static () => Json($$"""{ "version": "1", "default": "deny", "hide": [{{Many("\"*q{0}q*\"")}}], "tools": { {{Many("\"{0}\": { \"require\": [] }")}} } }"""),
        ["PL4008"] = static () => YamlPolicyText.Parse($"version: \"1\"\ndefault: deny\nhide: {new string('[', 64)}{new string(']', 64)}\n", "policy.yaml"),
    };

    /// <summary>The code of what is no document at all.</summary>
    private const string Unreadable = "PL1001";

    private static readonly Regex ContentsLink = new(@"\[PL(?<text>[0-9]{4})\]\(#pl(?<anchor>[0-9]{4})\) [a-zA-Z]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    private static readonly Regex LinkIntoThePage = new(@"diagnostics\.md#(?<anchor>[A-Za-z0-9-]*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    public static TheoryData<string> Codes() => [.. DiagnosticEntry.All.Select(static entry => entry.Code).Distinct()];

    [Fact]
    public void Every_code_has_an_entry_of_its_own_in_order()
    {
        IEnumerable<string> known = CodeTypes.SelectMany(static type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(static field => (string)field.GetRawConstantValue()!);
        Assert.Equal(known.Order(StringComparer.Ordinal), DiagnosticEntry.All.Select(static entry => entry.Code));
    }

    [Fact]
    public void Contents_lead_to_every_entry_in_order()
    {
        IEnumerable<string> contents = DiagnosticEntry.Page.TakeWhile(static line => !line.StartsWith("## ", StringComparison.Ordinal));
        IEnumerable<string> links = contents.SelectMany(static line => ContentsLink.Matches(line)).Select(static link => link.Groups["text"].Value == link.Groups["anchor"].Value ? "PL" + link.Groups["text"].Value : link.Value);
        Assert.Equal(DiagnosticEntry.All.Select(static entry => entry.Code), links);
    }

    [Fact]
    public void Links_into_the_page_lead_to_an_entry()
    {
        IEnumerable<string> broken = Checkout.Files(".", "*.md").Concat(Checkout.Files("src", "*.cs"))
            .SelectMany(static file => LinkIntoThePage.Matches(Checkout.Read(file)).Select(link => (File: file, Anchor: link.Groups["anchor"].Value)))
            .Where(link => !DiagnosticEntry.Page.Any(line => line.Contains($"<a id=\"{link.Anchor}\">", StringComparison.Ordinal)))
            .Select(static link => $"{link.File}: #{link.Anchor}");
        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Entry_shows_what_is_said(string code)
    {
        DiagnosticEntry entry = Entry(code);
        Assert.Matches("^[A-Z`].*[.:]", entry.Meaning);
        Assert.Equal(code switch { [.., '1', _, _, _] => "Errors", [.., '2', _, _, _] => "Warnings", [.., '3', _, _, _] => "Notes", _ => "Errors of YAML" }, entry.Group);
        Assert.Equal(entry.Document is null, code == Unreadable || Built.ContainsKey(code));
        Assert.Equal(entry.Message, Shown(entry));
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Document_is_used_unless_it_has_an_error(string code)
    {
        DiagnosticEntry entry = Entry(code);
        if (entry.Document is null)
        {
            return;
        }

        void Parse() => ToolPolicy.Parse(Text(entry.Language!, entry.Document));
        if (entry.Group is "Warnings" or "Notes")
        {
            Parse();
        }
        else
        {
            Assert.Contains(Assert.Throws<PolicyFormatException>(Parse).Diagnostics, error => error.Code == code);
        }

        Assert.Equal(entry.Group == "Notes", entry.Right is null);
        Assert.Equal(entry.Group != "Notes", entry.Becomes is null);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Corrected_document_says_nothing(string code)
    {
        DiagnosticEntry entry = Entry(code);
        if (entry.Right is { } right)
        {
            Assert.Empty(Review(() => Text(entry.Language!, right), entry.Tools));
        }

        if (entry.Becomes is { } becomes)
        {
            PolicyMigration migration = PolicyMigration.Of(Json(entry.Document!));
            Assert.Equal([code], migration.Diagnostics.Select(static note => note.Code));
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(becomes), JsonElement.Parse(migration.Json!)), migration.Json);
        }
    }

    private static DiagnosticEntry Entry(string code) => DiagnosticEntry.All.Single(entry => entry.Code == code);

    /// <summary>All that is said of an entry's document.</summary>
    private static string Shown(DiagnosticEntry entry)
    {
        if (entry.Code == Unreadable)
        {
            // The page names a folder of its own, which may be there or not.
            string folder = Path.Combine(AppContext.BaseDirectory, "nowhere");
            string path = Path.Combine(folder, "policy.json");
            return string.Join('\n', Assert.Throws<PolicyFormatException>(() => ToolPolicy.Load(path)).Diagnostics).Replace(path, "/srv/agent/policy.json", StringComparison.Ordinal);
        }

        return string.Join('\n', Review(entry.Document is null ? Built[entry.Code] : () => Text(entry.Language!, entry.Document), entry.Tools));
    }

    private static IReadOnlyList<PolicyDiagnostic> Review(Func<PolicyText> text, string? tools)
    {
        try
        {
            return PolicyReview.Of(text(), tools is null ? null : ToolCatalog.Parse(Encoding.UTF8.GetBytes(tools), "tools.json")).Diagnostics;
        }
        catch (PolicyFormatException e)
        {
            return e.Diagnostics;
        }
    }

    private static PolicyText Text(string language, string document) => language == "yaml" ? YamlPolicyText.Parse(document, "policy.yaml") : Json(document);

    private static string Many(string one) => string.Join(", ", Enumerable.Range(10_000, 6000).Select(i => one.Replace("{0}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));

    private static PolicyText Json(string document) => new(Encoding.UTF8.GetBytes(document), "policy.json");
}
