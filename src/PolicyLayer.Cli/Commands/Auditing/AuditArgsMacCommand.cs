using System.CommandLine;
using PolicyLayer.Cli.Auditing;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Cli.Commands.Auditing;

/// <summary><c>policylayer audit args-mac FILE</c>: what the record of a call with certain arguments has as <c>args_mac</c>.</summary>
internal static class AuditArgsMacCommand
{
    public static Command Create(CommandStreams streams)
    {
        Argument<string> file = new Argument<string>("FILE") { Description = "the arguments, an object of JSON; - reads standard input" }.NamesAFile();
        Option<string> key = new Option<string>("--key") { Description = "the file of the key that the trail is written with", HelpName = "FILE", Required = true }.NamesAFile();
        var command = new ExampledCommand(
            "args-mac",
            "prints what records have as `args_mac` of calls with these arguments, so that a search finds them",
            "policylayer audit args-mac args.json --key audit.key",
            "grep -F \"$(policylayer audit args-mac args.json --key audit.key)\" audit.jsonl")
        {
            file,
            key,
        };
        command.ExitCodes = "Exit codes: 0 done; 2 wrong usage, or arguments that no record has a MAC of.";
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            string keyPath = parsed.GetRequiredValue(key);
            if (path != PolicyFiles.StandardInput && AuditFile.IsSame(path, keyPath))
            {
                throw new UsageException($"--key `{keyPath}` is the file of the arguments; name the file of the key");
            }

            ReadOnlyMemory<byte> secret = await KeyFile.ReadAsync(keyPath, cancellationToken).ConfigureAwait(false);
            ToolArguments arguments = await ArgumentsFile.ReadAsync(path, streams.In, cancellationToken).ConfigureAwait(false);
            streams.Out.WriteLine(new ArgumentsMac(secret.Span).Of(arguments));
            return ExitCodes.Done;
        });
        return command;
    }
}
