using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Approvals;

/// <summary>What an answer has done, for people.</summary>
internal static class ApprovalAnswerPrinter
{
    public static void Print(Terminal terminal, StoredApproval approval)
    {
        (string word, string style) = ApprovalText.Status(approval.Status);
        string end = approval.Status == ApprovalStatus.Approved ? $": the same call may run, once, until {ApprovalText.Time(approval.ExpiresAt)}" : string.Empty;
        FoldedLine.Print(terminal, [(word + " ", style)], $"{ApprovalText.Short(approval.Id)}, {ApprovalText.Short(approval.Tool)} for {ApprovalText.Short(approval.Grant)}{end}");
        foreach (string note in ApprovalNotes.Of(approval))
        {
            FoldedLine.Print(terminal, [("note: ", "yellow")], note);
        }
    }
}
