using System.Globalization;
using System.Text.Json;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Auditing;

/// <summary>What was found in an audit trail, for people and for programs.</summary>
internal static class TrailReportPrinter
{
    /// <param name="terminal">Where to.</param>
    /// <param name="name">How the trail is named.</param>
    /// <param name="report">What was found.</param>
    /// <param name="isAnchored">Whether a key or a checkpoint speaks for the trail as a whole.</param>
    public static void Print(Terminal terminal, string name, AuditTrailReport report, bool isAnchored)
    {
        foreach (AuditTrailProblem problem in report.Problems)
        {
            terminal.Line((string.Create(CultureInfo.InvariantCulture, $"{name}:{problem.Line}: "), "bold"), (problem.Message, string.Empty));
        }

        if (report.IsIntact)
        {
            terminal.Line(
                ($"{name}: intact", "green"),
                (report.Last is { } last ? string.Create(CultureInfo.InvariantCulture, $", {Count(report.Lines - report.TornLines, "record")}, the last is {last.Sequence} {last.Hash}") : ", no records", string.Empty),
                (report.TornLines > 0 ? $"; {Count(report.TornLines, "torn line")}, which a process did not finish: no record is missing there" : string.Empty, "yellow"),
                (report.VouchedLines > 0 ? $"; {Count(report.VouchedLines, "record")} without the key: the checkpoint speaks for {(report.VouchedLines == 1 ? "it" : "them")}" : string.Empty, "grey"),
                (report.Last is null || isAnchored ? string.Empty : "; without a key or a checkpoint, a file written anew as a whole looks the same", "grey"));
        }
        else
        {
            string more = report.Problems.Count < AuditTrail.MaxProblems ? string.Empty : " or more";
            terminal.Line(
                ($"{name}: broken, {Count(report.Problems.Count, "problem")}{more} in {Count(report.Lines, "line")}", "red"),
                (report.IntactFrom is { } line ? string.Create(CultureInfo.InvariantCulture, $"; from line {line} on nothing is wrong") : string.Empty, string.Empty));
        }
    }

    public static string ToJson(string name, AuditTrailReport report) => JsonLine.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("file", name);
        writer.WriteBoolean("intact", report.IsIntact);
        writer.WriteNumber("lines", report.Lines);
        writer.WriteNumber("torn_lines", report.TornLines);
        writer.WritePropertyName("last");
        Write(writer, report.Last);
        writer.WriteNumber("without_key", report.VouchedLines);
        writer.WritePropertyName("intact_from");
        if (report.IntactFrom is { } line)
        {
            writer.WriteNumberValue(line);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteStartArray("problems");
        foreach (AuditTrailProblem problem in report.Problems)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line", problem.Line);
            writer.WriteString("message", problem.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>A record by its number and its hash, as a checkpoint has it.</summary>
    public static void Write(Utf8JsonWriter writer, AuditCheckpoint? record)
    {
        if (record is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("seq", record.Sequence);
        writer.WriteString("hash", record.Hash);
        writer.WriteEndObject();
    }

    private static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? string.Empty : "s")}");
}
