using System.CommandLine;
using PolicyLayer.Cli.Grants;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk.Proxy.Grants;

namespace PolicyLayer.Cli.Commands.Grants;

/// <summary><c>policylayer grants list</c>: who may call.</summary>
internal static class GrantsListCommand
{
    public static Command Create(CommandStreams streams)
    {
        Option<string> file = GrantsOptions.File();
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            "list",
            "shows the grants of a file, and nothing of their tokens",
            "policylayer grants list --file grants.json",
            "policylayer grants list --file grants.json --format json")
        {
            file,
            format,
            noColor,
        };
        command.ExitCodes = GrantsOptions.ExitCodes;
        command.SetAction(parsed =>
        {
            IReadOnlyList<GrantEntry> entries = GrantsFile.Read(parsed.GetRequiredValue(file));
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            if (parsed.GetValue(format) != "json")
            {
                GrantsPrinter.Print(new Terminal(streams, parsed.GetValue(noColor)), entries, now);
                return ExitCodes.Done;
            }

            foreach (GrantEntry entry in entries)
            {
                streams.Out.WriteLine(GrantsPrinter.ToJson(entry, now));
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
