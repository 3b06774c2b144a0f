using System.CommandLine;
using PolicyLayer.Cli.Approvals;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Commands.Approvals;

/// <summary><c>policylayer approvals list</c>: what waits.</summary>
internal static class ApprovalsListCommand
{
    public static Command Create(CommandStreams streams)
    {
        Option<string> state = ApprovalOptions.State();
        var all = new Option<bool>("--all") { Description = "those that were denied or used too, until they expire" };
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            "list",
            "shows the calls that wait for approval, and those that were approved and have not run, the oldest first",
            "policylayer approvals list --state sqlite:state.db",
            "policylayer approvals list --state sqlite:state.db --all --format json")
        {
            state,
            all,
            format,
            noColor,
        };
        command.ExitCodes = ApprovalOptions.ExitCodes;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var question = new ApprovalQuestion(ApprovalOptions.Read(parsed.GetRequiredValue(state)), TimeProvider.System);
            IReadOnlyList<StoredApproval> found = await question.AskAsync(static (store, token) => store.ListAsync(token), cancellationToken).ConfigureAwait(false);
            StoredApproval[] shown = [.. found.Where(approval => parsed.GetValue(all) || approval.Status is ApprovalStatus.Pending or ApprovalStatus.Approved)];
            if (parsed.GetValue(format) != "json")
            {
                ApprovalTable.Print(new Terminal(streams, parsed.GetValue(noColor)), shown, TimeProvider.System.GetUtcNow());
                return ExitCodes.Done;
            }

            foreach (StoredApproval approval in shown)
            {
                streams.Out.WriteLine(ApprovalJson.Of(approval));
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
