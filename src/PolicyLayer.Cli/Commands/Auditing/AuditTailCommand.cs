using System.CommandLine;
using System.Globalization;
using PolicyLayer.Cli.Auditing;
using PolicyLayer.Cli.Output;

namespace PolicyLayer.Cli.Commands.Auditing;

/// <summary><c>policylayer audit tail FILE</c>: the last records of a trail, and those that come.</summary>
internal static class AuditTailCommand
{
    public static Command Create(CommandStreams streams)
    {
        Argument<string> file = new Argument<string>("FILE") { Description = "the audit trail" }.NamesAFile();
        var denied = new Option<bool>("--denied") { Description = "nothing but decisions against a call" };
        Option<int> lines = new Option<int>("--lines") { Description = "how many records are shown at first", HelpName = "N", DefaultValueFactory = static _ => 10 }.Number(NumberStyles.None, "a whole number, 0 or more");
        var noFollow = new Option<bool>("--no-follow") { Description = "end there; without it what is written is shown until Ctrl+C" };
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            "tail",
            "shows the last records of an audit trail and those that come, one a line; it checks no hash",
            "policylayer audit tail audit.jsonl",
            "policylayer audit tail audit.jsonl --denied --lines 50 --no-follow",
            "policylayer audit tail audit.jsonl --format json | jq .reason")
        {
            file,
            denied,
            lines,
            noFollow,
            format,
            noColor,
        };
        command.ExitCodes = "Exit codes: 0 done, or told to stop; 2 wrong usage, or a file that cannot be read.";
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            if (path == PolicyFiles.StandardInput)
            {
                throw new UsageException("standard input cannot be followed; name the file of the trail");
            }

            Terminal? terminal = parsed.GetValue(format) == "json" ? null : new Terminal(streams, parsed.GetValue(noColor));
            var printer = new TrailPrinter(streams, terminal, path, parsed.GetValue(denied));

            // A pipe is not opened with a token, so it is left behind when somebody stops the command.
            using FollowedTrail trail = await Task.Run(() => new FollowedTrail(path), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
            foreach (ShownLine line in trail.ReadLast(parsed.GetValue(lines), printer.Take, cancellationToken))
            {
                printer.Print(line);
            }

            if (!parsed.GetValue(noFollow))
            {
                streams.Out.Flush();
                await TrailFollower.RunAsync(trail, printer, streams.Out.Flush, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
