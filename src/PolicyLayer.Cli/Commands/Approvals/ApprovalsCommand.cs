using System.CommandLine;
using PolicyLayer.Cli.Approvals;

namespace PolicyLayer.Cli.Commands.Approvals;

/// <summary><c>policylayer approvals</c>: the calls that wait for a person, and the person's answer.</summary>
internal static class ApprovalsCommand
{
    public static Command Create(CommandStreams streams)
    {
        var command = new ExampledCommand(
            "approvals",
            "shows the calls that wait for a person's approval in a store, and answers them",
            "policylayer approvals list --state sqlite:state.db",
            "policylayer approvals show 3f9c0a1b2c3d --state sqlite:state.db",
            "policylayer approvals approve 3f9c0a1b2c3d --state sqlite:state.db",
            "policylayer approvals deny 3f9c0a1b2c3d --state sqlite:state.db --by alice")
        {
            ApprovalsListCommand.Create(streams),
            ApprovalsShowCommand.Create(streams),
            ApprovalsAnswerCommand.Approve(streams),
            ApprovalsAnswerCommand.Deny(streams),
        };
        command.ExitCodes = ApprovalOptions.ExitCodes;
        return command;
    }
}
