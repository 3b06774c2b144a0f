using System.Text.RegularExpressions;
using PolicyLayer.Repository.Tests.Support;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>What <c>docs/diagnostics.md</c> says of one code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Group">The heading that it stands under.</param>
/// <param name="Meaning">The first line below its own heading.</param>
/// <param name="Language">Of the document: <c>json</c> or <c>yaml</c>; null where there is none.</param>
/// <param name="Document">A document that is told of; null where none can be shown.</param>
/// <param name="Tools">The tools that it is checked against; null where they do not matter.</param>
/// <param name="Message">The line that is printed.</param>
/// <param name="Right">The document without the mistake, or null.</param>
/// <param name="Becomes">The document when it is migrated, or null.</param>
internal sealed record DiagnosticEntry(string Code, string Group, string Meaning, string? Language, string? Document, string? Tools, string? Message, string? Right, string? Becomes)
{
    private static readonly Regex Heading = new("^### <a id=\"pl(?<anchor>[0-9]{4})\"></a>PL(?<number>[0-9]{4}) [a-zA-Z]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    public static string[] Page { get; } = Checkout.ReadLines("docs/diagnostics.md");

    public static IReadOnlyList<DiagnosticEntry> All { get; } = [.. Read(Page)];

    public static IEnumerable<DiagnosticEntry> Read(string[] page)
    {
        int[] headings = [.. Enumerable.Range(0, page.Length).Where(i => page[i].StartsWith('#')), page.Length];
        string group = string.Empty;
        foreach ((int start, int end) in headings.Zip(headings.Skip(1)))
        {
            if (!page[start].StartsWith("###", StringComparison.Ordinal))
            {
                group = page[start].TrimStart('#', ' ');
                continue;
            }

            Match heading = Heading.Match(page[start]);
            Assert.True(heading.Success && heading.Groups["anchor"].Value == heading.Groups["number"].Value, page[start]);
            yield return Entry("PL" + heading.Groups["number"].Value, group, page[(start + 1)..end]);
        }
    }

    /// <summary>What a block is, the line before it says; the first one, which has no such line, is the document.</summary>
    private static DiagnosticEntry Entry(string code, string group, string[] lines)
    {
        var blocks = CodeBlocks.All(lines).Select(block => (block.Language, Text: string.Join('\n', block.Content), Label: lines[..(block.Line - 1)].LastOrDefault(static line => line.Length > 0) ?? string.Empty)).ToList();
        string? Labelled(string label) => blocks.SingleOrDefault(block => block.Label.StartsWith(label, StringComparison.Ordinal)).Text;
        (string? language, string? document, _) = blocks.FirstOrDefault();
        bool shown = language is "json" or "yaml";
        return new DiagnosticEntry(
            code,
            group,
            lines.FirstOrDefault(static line => line.Length > 0) ?? string.Empty,
            shown ? language : null,
            shown ? document : null,
            Labelled("In `tools.json`"),
            blocks.SingleOrDefault(static block => block.Language == "text").Text,
            Labelled("Right:"),
            Labelled("Becomes:"));
    }
}
