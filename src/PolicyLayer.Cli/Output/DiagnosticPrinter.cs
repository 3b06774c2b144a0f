using System.Globalization;
using System.Text;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Output;

/// <summary>Diagnostics for people: the message, the line of the document, and a caret below the place.</summary>
internal static class DiagnosticPrinter
{
    private const int WidestLine = 160;

    /// <summary>The sum of several files.</summary>
    public static void PrintSum(Terminal terminal, IReadOnlyCollection<IReadOnlyList<PolicyDiagnostic>> files)
    {
        int errors = files.Sum(static file => file.Count(static diagnostic => diagnostic.Severity == PolicySeverity.Error));
        int warnings = files.Sum(static file => file.Count(static diagnostic => diagnostic.Severity == PolicySeverity.Warning));
        terminal.Line(($"{Count(files.Count, "file")}, {Count(errors, "error")}, {Count(warnings, "warning")}", errors > 0 ? "red" : warnings > 0 ? "yellow" : "green"));
    }

    public static void Print(Terminal terminal, PolicyText text, IReadOnlyList<PolicyDiagnostic> diagnostics)
    {
        string[] lines = Encoding.UTF8.GetString(text.Original.Span).TrimStart('\uFEFF').Split('\n');
        foreach (PolicyDiagnostic diagnostic in diagnostics)
        {
            string place = diagnostic.Line == 0 ? text.Source : string.Create(CultureInfo.InvariantCulture, $"{text.Source}({diagnostic.Line},{diagnostic.Column})");
            (string word, string style) = diagnostic.Severity switch
            {
                PolicySeverity.Error => ("error", "red bold"),
                PolicySeverity.Warning => ("warning", "yellow bold"),
                _ => ("note", "blue"),
            };
            terminal.Line((place + ": ", "bold"), ($"{word} {diagnostic.Code}", style), (": " + diagnostic.Message, string.Empty));
            if (diagnostic.Line > 0 && diagnostic.Line <= lines.Length)
            {
                PrintLine(terminal, lines[diagnostic.Line - 1].TrimEnd('\r'), diagnostic.Column - 1);
            }
        }

        int errors = diagnostics.Count(static diagnostic => diagnostic.Severity == PolicySeverity.Error);
        int warnings = diagnostics.Count(static diagnostic => diagnostic.Severity == PolicySeverity.Warning);
        terminal.Line(errors > 0 ? ($"{text.Source}: {Count(errors, "error")}, {Count(warnings, "warning")}", "red")
            : warnings > 0 ? ($"{text.Source}: valid, {Count(warnings, "warning")}", "yellow")
            : ($"{text.Source}: valid", "green"));
    }

    /// <summary>A window of the line around the place, so that a document on one line does not fill the screen.</summary>
    private static void PrintLine(Terminal terminal, string line, int column)
    {
        int start = Math.Max(0, Math.Min(column - (WidestLine / 2), line.Length - WidestLine));
        string clean = line.Substring(start, Math.Min(WidestLine, line.Length - start)).Replace('\t', ' ');
        terminal.Line(("  " + clean, "grey"));
        terminal.Line(("  " + new string(' ', Math.Clamp(column - start, 0, clean.Length)) + "^", "green"));
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? string.Empty : "s")}");
}
