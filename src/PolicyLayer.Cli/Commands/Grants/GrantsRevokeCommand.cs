using System.CommandLine;
using PolicyLayer.Cli.Grants;

namespace PolicyLayer.Cli.Commands.Grants;

/// <summary><c>policylayer grants revoke</c>: one who may no longer call.</summary>
internal static class GrantsRevokeCommand
{
    public static Command Create(CommandStreams streams)
    {
        Option<string> file = GrantsOptions.File();
        Option<string> id = GrantsOptions.Id("who may no longer call");
        var command = new ExampledCommand(
            "revoke",
            "takes a grant out of the file, with every token that it has",
            "policylayer grants revoke --file grants.json --id ci")
        {
            file,
            id,
        };
        command.ExitCodes = GrantsOptions.ExitCodes;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string name = parsed.GetRequiredValue(id);
            string path = parsed.GetRequiredValue(file);
            await GrantsFile.ChangeAsync(
                path,
                mayBeNew: false,
                (entries, text) => GrantsFile.Find(entries, path, name).Reverse().Aggregate(text, static (rest, index) => rest.Remove(index)),
                TimeProvider.System,
                cancellationToken).ConfigureAwait(false);
            streams.WriteError($"policylayer: the grant `{name}` is revoked; a proxy refuses it from the next request on");
            return ExitCodes.Done;
        });
        return command;
    }
}
