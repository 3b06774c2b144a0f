using System.Text.Json;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Python;

namespace PolicyLayer.Cli.Python;

/// <summary>Shows what the sandbox is on this machine.</summary>
internal static class ReportPrinter
{
    /// <summary>Prints, and answers the exit code of the command.</summary>
    public static int Print(PythonReport report, IsolationLevel required, Terminal terminal, CommandStreams streams, bool json)
    {
        bool holds = report.Error is null && report.Level >= required;
        if (json)
        {
            streams.Out.WriteLine(JsonLine.Of(writer => Write(writer, report, required, holds)));
        }
        else
        {
            Show(terminal, report, required, holds);
        }

        return holds ? ExitCodes.Done : ExitCodes.No;
    }

    private static void Show(Terminal terminal, PythonReport report, IsolationLevel required, bool holds)
    {
        terminal.Line(report.PythonPath is null ? ("no Python that can be used", "red") : ($"Python {report.PythonVersion} ({report.PythonPath})", ""));
        terminal.Line(
            ("level: ", ""),
            (ResultPrinter.Level(report.Level), holds ? "green" : "red"),
            ($" (required: {ResultPrinter.Level(required)}, which {(holds ? "holds" : "does not hold")})", ""));
        if (report.Error is { } error)
        {
            terminal.Line((error, ""));
            return;
        }

        terminal.Line();
        terminal.Line(($"{"layer",-20}  {"holds",-5}  {"for",-7}  needs", "bold"));
        foreach (PythonLayer layer in report.Layers)
        {
            terminal.Line(
                ($"{layer.Name,-20}  ", ""),
                ($"{(layer.Holds ? "yes" : "no"),-5}", layer.Holds ? "green" : layer.NeededFor <= required ? "red" : "yellow"),
                ($"  {(layer.NeededFor is { } level ? ResultPrinter.Level(level) : "-"),-7}  {layer.Needs}", ""));
            if (!layer.Holds)
            {
                terminal.Line(($"{"",-20}  why: {layer.Reason}", ""));
                terminal.Line(($"{"",-20}  do:  {layer.Advice}", ""));
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, PythonReport report, IsolationLevel required, bool holds)
    {
        writer.WriteStartObject();
        writer.WriteString("level", ResultPrinter.Level(report.Level));
        writer.WriteString("required", ResultPrinter.Level(required));
        writer.WriteBoolean("holds", holds);
        writer.WriteStartObject("python");
        writer.WriteString("path", report.PythonPath);
        writer.WriteString("version", report.PythonVersion);
        writer.WriteEndObject();
        writer.WriteStartArray("layers");
        foreach (PythonLayer layer in report.Layers)
        {
            writer.WriteStartObject();
            writer.WriteString("name", layer.Name);
            writer.WriteBoolean("holds", layer.Holds);
            writer.WriteString("level", layer.NeededFor is { } level ? ResultPrinter.Level(level) : null);
            writer.WriteString("needs", layer.Needs);
            writer.WriteString("reason", layer.Reason);
            writer.WriteString("advice", layer.Advice);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("error", report.Error);
        writer.WriteEndObject();
    }
}
