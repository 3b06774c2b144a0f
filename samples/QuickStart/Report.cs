using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace QuickStart;

/// <summary>Tables with colours for people; plain text when nobody looks at a terminal.</summary>
internal static class Report
{
    private static readonly string[] AuditColumns = ["seq", "kind", "tool", "reason", "rule", "argument_keys", "outcome", "elapsed_us"];

    private static readonly IAnsiConsole Out = Console.IsOutputRedirected ? AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors }) : AnsiConsole.Console;

    public static void Say(FormattableString text) => Out.MarkupLineInterpolated(CultureInfo.InvariantCulture, text);

    public static void ShowTable(string[] columns, IEnumerable<string[]> rows)
    {
        Out.Profile.Width = Console.IsOutputRedirected ? 200 : Out.Profile.Width;
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded };
        table.AddColumns(columns);
        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(static cell => new Text(cell, cell.Split(' ')[0] switch { "allow" or "allowed" => Color.Green, "deny" => Color.Red, _ => Style.Plain }))]);
        }

        Out.Write(table);
    }

    /// <summary>Shows the audit trail, and how many calls were decided how; returns how many it tells of.</summary>
    public static int ShowAudit(string file)
    {
        JsonNode[] lines = [.. File.ReadLines(file).Select(static line => JsonNode.Parse(line)!)];
        JsonNode[] decisions = [.. lines.Where(static line => (string?)line["kind"] == "decision")];
        Say($"\n[bold]The audit trail[/] (names of arguments, never their values): {file}");
        ShowTable(AuditColumns, lines.Select(static line => AuditColumns.Select(column => line[column]?.ToJsonString().Trim('"') ?? "").ToArray()));
        ShowTable(["decision", "calls"], decisions.GroupBy(static line => $"{line["decision"]} {line["reason"]}").Select(static group => new[] { group.Key, $"{group.Count()}" }));
        return decisions.Length;
    }
}
