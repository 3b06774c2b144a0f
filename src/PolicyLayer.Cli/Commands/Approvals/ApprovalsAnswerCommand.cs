using System.CommandLine;
using PolicyLayer.Cli.Approvals;
using PolicyLayer.Cli.Auditing;
using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Commands.Approvals;

/// <summary><c>policylayer approvals approve</c> and <c>deny</c>: a person's answer.</summary>
internal static class ApprovalsAnswerCommand
{
    public static Command Approve(CommandStreams streams) => Create(streams, isApproved: true, "approve", "lets the call run, once: the caller makes the same call again");

    public static Command Deny(CommandStreams streams) => Create(streams, isApproved: false, "deny", "refuses the call until it expires; what was approved and has not run can still be denied");

    /// <summary>Says that there is none of a name.</summary>
    public static int TellOfNone(CommandStreams streams, string id)
    {
        streams.WriteError($"policylayer: no approval `{Escaped.Of(id)}` is there: it was never asked, or has expired");
        return ExitCodes.No;
    }

    private static ExampledCommand Create(CommandStreams streams, bool isApproved, string name, string description)
    {
        Argument<string> id = ApprovalOptions.Id();
        Option<string> state = ApprovalOptions.State();
        var by = new Option<string>("--by") { Description = "who answers, for those who look later; nobody checks it", HelpName = "NAME", DefaultValueFactory = static _ => Environment.UserName };
        var audit = new AuditOptions();
        Option<string> format = SharedOptions.Format();
        Option<bool> noColor = SharedOptions.NoColor();
        var command = new ExampledCommand(
            name,
            description,
            $"policylayer approvals {name} 3f9c0a1b2c3d --state sqlite:state.db",
            $"policylayer approvals {name} 3f9c0a1b2c3d --state sqlite:state.db --by alice --audit answers.jsonl")
        {
            id,
            state,
            by,
            format,
            noColor,
        };
        audit.AddTo(command);
        command.ExitCodes = ApprovalOptions.ExitCodes;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string asked = parsed.GetRequiredValue(id);
            string? who = parsed.GetValue(by);
            if (string.IsNullOrWhiteSpace(who))
            {
                throw new UsageException("somebody answers; an empty name is nobody (--by)");
            }

            using var trail = new AnswerTrail(await audit.ReadAsync(parsed, [], cancellationToken).ConfigureAwait(false));
            var question = new ApprovalQuestion(ApprovalOptions.Read(parsed.GetRequiredValue(state)), TimeProvider.System);
            StoredApproval? answered = await question.AskAsync((store, token) => trail.Around(store).AnswerAsync(asked, isApproved, who, token), cancellationToken).ConfigureAwait(false);
            if (answered is null)
            {
                return TellOfNone(streams, asked);
            }

            if (answered.Status != (isApproved ? ApprovalStatus.Approved : ApprovalStatus.Denied))
            {
                streams.WriteError($"policylayer: approval `{Escaped.Of(asked)}` {Before(answered)}");
                return ExitCodes.No;
            }

            if (parsed.GetValue(format) == "json")
            {
                streams.Out.WriteLine(ApprovalJson.Of(answered));
            }
            else
            {
                ApprovalAnswerPrinter.Print(new Terminal(streams, parsed.GetValue(noColor)), answered);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static string Before(StoredApproval approval) => approval.Status switch
    {
        ApprovalStatus.Denied => $"was denied before (by `{ApprovalText.Short(approval.AnsweredBy)}`), and stays so until it expires",
        ApprovalStatus.Used => "was used before: its call was let through",
        _ => "did not take this answer",
    };
}
