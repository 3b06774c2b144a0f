using System.CommandLine;
using PolicyLayer.Cli.Grants;

namespace PolicyLayer.Cli.Commands.Grants;

/// <summary><c>policylayer grants</c>: the file of grants that a proxy over HTTP reads.</summary>
internal static class GrantsCommand
{
    public static Command Create(CommandStreams streams)
    {
        var command = new ExampledCommand(
            "grants",
            "keeps the file that says who may call through a proxy over HTTP, and has the hashes of their tokens",
            "policylayer grants add --file grants.json --id ci --label \"Build agents\" --expires 2030-01-01T00:00:00Z",
            "policylayer grants list --file grants.json",
            "policylayer grants rotate --file grants.json --id ci",
            "policylayer grants revoke --file grants.json --id ci")
        {
            GrantsAddCommand.Create(streams),
            GrantsListCommand.Create(streams),
            GrantsRotateCommand.Create(streams),
            GrantsRevokeCommand.Create(streams),
        };
        command.ExitCodes = GrantsOptions.ExitCodes;
        return command;
    }
}
