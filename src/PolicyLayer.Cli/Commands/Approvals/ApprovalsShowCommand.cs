using System.CommandLine;
using PolicyLayer.Cli.Approvals;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Commands.Approvals;

/// <summary><c>policylayer approvals show</c>: all that a person needs to decide.</summary>
internal static class ApprovalsShowCommand
{
    public static Command Create(CommandStreams streams)
    {
        Argument<string> id = ApprovalOptions.Id();
        Option<string> state = ApprovalOptions.State();
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            "show",
            "shows one call that waits for approval, with its arguments, in which what cannot be seen is escaped",
            "policylayer approvals show 3f9c0a1b2c3d --state sqlite:state.db",
            "policylayer approvals show 3f9c0a1b2c3d --state sqlite:state.db --format json | jq .arguments")
        {
            id,
            state,
            format,
            noColor,
        };
        command.ExitCodes = ApprovalOptions.ExitCodes;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string name = parsed.GetRequiredValue(id);
            var question = new ApprovalQuestion(ApprovalOptions.Read(parsed.GetRequiredValue(state)), TimeProvider.System);
            StoredApproval? found = await question.AskAsync((store, token) => store.FindAsync(name, token), cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                return ApprovalsAnswerCommand.TellOfNone(streams, name);
            }

            if (parsed.GetValue(format) == "json")
            {
                streams.Out.WriteLine(ApprovalJson.Of(found));
            }
            else
            {
                ApprovalPrinter.Print(new Terminal(streams, parsed.GetValue(noColor)), found, TimeProvider.System.GetUtcNow());
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
