using PolicyLayer.Cli.Output;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli.Approvals;

/// <summary>One approval for people: all that they need to decide.</summary>
internal static class ApprovalPrinter
{
    private const int Width = 10;
    private const int Indentation = 2;

    /// <param name="terminal">Where to.</param>
    /// <param name="approval">What is shown.</param>
    /// <param name="now">From when on spans are told.</param>
    public static void Print(Terminal terminal, StoredApproval approval, DateTimeOffset now)
    {
        (string word, string style) = ApprovalText.Status(approval.Status);
        Line(terminal, "id", ApprovalText.Of(approval.Id));
        Line(terminal, "status", word, style);
        Line(terminal, "tool", ApprovalText.Of(approval.Tool));
        Line(terminal, "server", ApprovalText.Of(approval.Server));
        Line(terminal, "grant", ApprovalText.Of(approval.Grant) + (approval.GrantLabel is { } label ? $" ({ApprovalText.Of(label)})" : string.Empty));
        Line(terminal, "user", ApprovalText.Of(approval.User));
        Lines(terminal, "note", ApprovalNotes.Of(approval));
        Line(terminal, "session", ApprovalText.Of(approval.Session));
        Lines(terminal, "rules", Shown(approval.Rules));
        Lines(terminal, "reasons", Shown(approval.Reasons));
        Line(terminal, "policy", ApprovalText.Of(approval.PolicyVersion));
        Line(terminal, "asked", $"{ApprovalText.Time(approval.AskedAt)} ({ApprovalText.Span(now - approval.AskedAt)} ago)");
        Line(terminal, "expires", $"{ApprovalText.Time(approval.ExpiresAt)} (in {ApprovalText.Span(approval.ExpiresAt - now)})");
        Line(terminal, "answered", approval.AnsweredAt is { } answered ? $"{ApprovalText.Time(answered)} by {ApprovalText.Of(approval.AnsweredBy)}" : "-");

        // Last and indented: however long they are, no line of theirs can be taken for one of ours.
        terminal.Line(("arguments", "grey"));
        foreach (string line in ApprovalArguments.Lines(approval.Arguments).SelectMany(line => Folded.Of(line, terminal.Width - Indentation - 1)))
        {
            terminal.Line((new string(' ', Indentation) + line, string.Empty));
        }
    }

    private static IEnumerable<string> Shown(IReadOnlyList<string> texts) => texts.Count == 0 ? ["-"] : texts.Select(ApprovalText.Of);

    private static void Lines(Terminal terminal, string name, IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            Line(terminal, name, text);
            name = string.Empty;
        }
    }

    private static void Line(Terminal terminal, string name, string text, string style = "") =>
        FoldedLine.Print(terminal, [(name.PadRight(Width), "grey")], text, style);
}
