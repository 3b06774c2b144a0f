using System.Text;
using PolicyLayer.Cli.Output;

namespace PolicyLayer.Cli.Auditing;

/// <summary>The lines of a trail, for people and for programs.</summary>
/// <param name="streams">Where to.</param>
/// <param name="terminal">Where to, for people; null for programs.</param>
/// <param name="path">The file, as messages name it.</param>
/// <param name="denialsAlone">Whether nothing but denials is shown.</param>
internal sealed class TrailPrinter(CommandStreams streams, Terminal? terminal, string path, bool denialsAlone)
{
    private const int Longest = 200;

    /// <summary>The longest word for what a line tells.</summary>
    private const int WordWidth = 8;

    private bool _hasToldOfOthers;

    /// <summary>Takes a line that is to be shown; null for another. It is read here only where what it tells decides that.</summary>
    public ShownLine? Take(ReadOnlyMemory<byte> line)
    {
        TrailRecord? record = denialsAlone ? TrailRecord.TryRead(line.Span) : null;
        return denialsAlone && record is not { IsDenial: true } ? null : new ShownLine(line.ToArray(), record);
    }

    public void Print(ShownLine line)
    {
        TrailRecord? record = line.Record ?? TrailRecord.TryRead(line.Text.Span);
        if (terminal is not null)
        {
            Show(terminal, record);
        }
        else if (record is not null)
        {
            streams.Out.WriteLine(Printable.OfJson(Encoding.UTF8.GetString(line.Text.Span)));
        }
        else if (!_hasToldOfOthers)
        {
            // A program takes each line for JSON.
            _hasToldOfOthers = true;
            streams.WriteError($"policylayer: {path}: lines that are not a record are left out");
        }
    }

    private static void Show(Terminal terminal, TrailRecord? record)
    {
        if (record is null)
        {
            terminal.Line(("(not a record)", "grey"));
        }
        else if (record.IsDecision)
        {
            (string word, string style) = record.Decision switch
            {
                "allow" => ("allow", "green"),
                "approval_required" => ("ask", "yellow"),
                var other => (other ?? "-", "red"),
            };
            terminal.Line(
                (record.Time.PadRight(21), string.Empty),
                (Cell(word, WordWidth), style),
                (Cell(record.Tool, 26), "bold"),
                (Cell(record.Grant, 12), string.Empty),
                (record.Rule is null ? Short(record.Reason) : Cell(record.Reason, 18), string.Empty),
                (Short(record.Rule ?? string.Empty), "grey"));
        }
        else
        {
            terminal.Line((record.Time.PadRight(21) + Cell(record.Kind, WordWidth) + What(record), "grey"));
        }
    }

    private static string What(TrailRecord record) => record.Kind switch
    {
        "outcome" => Cell(record.Tool, 26) + Cell(record.Grant, 12) + Short(record.Outcome),
        "approval" => Cell(record.Tool, 26) + Cell(record.Grant, 12) + Cell(record.Reason, 18) + (record.AnsweredBy is { } by ? $"by {Short(by)}" : string.Empty),
        "policy" => Short(record.Policy),
        "start" => "a process begins to write",
        "stop" => "the process has ended",
        _ => string.Empty,
    };

    private static string Cell(string text, int width) => Short(text).PadRight(width) + "  ";

    /// <summary>No name that we write is so long, and one that is would fill the screen.</summary>
    private static string Short(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
