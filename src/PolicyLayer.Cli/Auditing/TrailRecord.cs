using System.Globalization;
using System.Text.Unicode;
using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Auditing;

/// <summary>What a line of a trail tells. Nobody has checked it: whoever can write the file may have written it.</summary>
internal sealed class TrailRecord
{
    private TrailRecord(AuditLink link)
    {
        string? Text(string name) => AuditLink.TextOf(link.Line, name);
        Kind = link.Kind ?? "-";
        Time = TimeOf(Text("ts"));
        Decision = Text("decision");
        Tool = Text("tool") ?? "-";
        Grant = Text("grant") ?? "-";
        Reason = Text("reason") ?? "-";
        Rule = Text("rule");
        AnsweredBy = Text("answered_by");
        Outcome = Text("outcome") ?? "-";
        Policy = Text("policy") ?? "-";
    }

    public string Kind { get; }

    /// <summary>When, to the second, in UTC.</summary>
    public string Time { get; }

    public string? Decision { get; }

    public string Tool { get; }

    public string Grant { get; }

    public string Reason { get; }

    public string? Rule { get; }

    /// <summary>Who answered for people, as they said of themselves.</summary>
    public string? AnsweredBy { get; }

    public string Outcome { get; }

    public string Policy { get; }

    public bool IsDecision => Kind == "decision";

    /// <summary>Whether it is a decision against a call.</summary>
    public bool IsDenial => IsDecision && Decision != "allow";

    /// <summary>Reads a line; null when it is torn, or no record.</summary>
    public static TrailRecord? TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            return Utf8.IsValid(line) && AuditLink.TryRead(line) is { } link ? new TrailRecord(link) : null;
        }
        catch (InvalidOperationException)
        {
            // A text in it is of no encoding.
            return null;
        }
    }

    private static string TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : "-";
}
