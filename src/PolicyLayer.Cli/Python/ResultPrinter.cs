using System.Globalization;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Python;

namespace PolicyLayer.Cli.Python;

/// <summary>Shows the result of a run: what the program wrote where it wrote it, and one line on how it ended.</summary>
internal static class ResultPrinter
{
    /// <summary>Prints, and answers the exit code of the command.</summary>
    public static int Print(PythonResult result, CommandStreams streams, bool json)
    {
        if (json)
        {
            streams.Out.WriteLine(JsonLine.Of(result.ToJson().WriteTo));
        }
        else
        {
            PrintText(result, streams);
        }

        return result.Outcome switch
        {
            PythonOutcome.Exited when result.ReturnCode == 0 => ExitCodes.Done,
            PythonOutcome.Refused or PythonOutcome.Unavailable => ExitCodes.Usage,
            _ => ExitCodes.No,
        };
    }

    private static void PrintText(PythonResult result, CommandStreams streams)
    {
        streams.Out.Write(streams.IsPlain ? result.Stdout : ForTerminal(result.Stdout));
        if (!streams.IsPlain && result.Stdout.Length > 0 && !result.Stdout.EndsWith('\n'))
        {
            streams.Out.WriteLine();
        }

        foreach (string line in result.Stderr.TrimEnd('\n').Split('\n').Where(_ => result.Stderr.Length > 0))
        {
            streams.WriteError(line.Replace("\t", "    ", StringComparison.Ordinal));
        }

        streams.WriteError("policylayer: " + (result.Error ?? Ending(result)));
    }

    private static string Ending(PythonResult result)
    {
        string how = result.Outcome switch
        {
            PythonOutcome.Exited => string.Create(CultureInfo.InvariantCulture, $"the program ended with {result.ReturnCode}"),
            PythonOutcome.Signaled => string.Create(CultureInfo.InvariantCulture, $"signal {result.ReturnCode - 128} ended the program"),
            PythonOutcome.Timeout => "the program used up its time and was ended",
            PythonOutcome.Memory => "the program met its memory limit",
            _ => "the program wrote more than it may and was ended",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{how} after {Math.Round(result.ExecutionTime.TotalMilliseconds)} ms; isolation {Level(result.Isolation.Level)}");
    }

    /// <summary>A level as it is named on the command line.</summary>
    public static string Level(IsolationLevel level) => level switch
    {
        IsolationLevel.Full => "full",
        IsolationLevel.Kernel => "kernel",
        IsolationLevel.Seccomp => "seccomp",
        _ => "none",
    };

    private static string ForTerminal(string text) =>
        string.Join('\n', text.Split('\n').Select(static line => Printable.Of(line.Replace("\t", "    ", StringComparison.Ordinal))));
}
