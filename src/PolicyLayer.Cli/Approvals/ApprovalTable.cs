using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Approvals;

/// <summary>Approvals as a table whose columns are as wide as what stands in them.</summary>
internal static class ApprovalTable
{
    private const int StatusColumn = 1;

    private static readonly string[] Head = ["id", "status", "tool", "grant", "asked", "expires"];

    /// <param name="terminal">Where to.</param>
    /// <param name="approvals">What is shown, in this order.</param>
    /// <param name="now">From when on spans are told.</param>
    public static void Print(Terminal terminal, IReadOnlyList<StoredApproval> approvals, DateTimeOffset now)
    {
        if (approvals.Count == 0)
        {
            terminal.Line(("nothing waits for approval", string.Empty));
            return;
        }

        string[][] rows = Columns.Align([Head, .. approvals.Select(approval => Row(approval, now))]);
        int width = rows.Max(static row => FoldedLine.Width(row[(StatusColumn + 1)..]));
        for (int i = 0; i < rows.Length; i++)
        {
            string style = i == 0 ? "bold" : string.Empty;
            string[] cells = rows[i];
            FoldedLine.PrintRow(
                terminal,
                [(cells[0] + "  ", style), (cells[StatusColumn] + "  ", i == 0 ? style : ApprovalText.Status(approvals[i - 1].Status).Style)],
                cells[(StatusColumn + 1)..],
                width,
                style);
        }
    }

    private static string[] Row(StoredApproval approval, DateTimeOffset now) =>
    [
        ApprovalText.Short(approval.Id),
        ApprovalText.Status(approval.Status).Word,
        ApprovalText.Short(approval.Tool),
        ApprovalText.Short(approval.Grant),
        ApprovalText.Span(now - approval.AskedAt) + " ago",
        "in " + ApprovalText.Span(approval.ExpiresAt - now),
    ];
}
