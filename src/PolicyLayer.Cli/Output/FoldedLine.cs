namespace PolicyLayer.Cli.Output;

/// <summary>A line that goes on under itself, never at the left edge of the terminal.</summary>
internal static class FoldedLine
{
    /// <param name="terminal">Where to.</param>
    /// <param name="head">What it begins with, in ASCII and short.</param>
    /// <param name="text">The rest, in which nothing is hidden.</param>
    /// <param name="style">How the rest is shown.</param>
    public static void Print(Terminal terminal, (string Text, string Style)[] head, string text, string style = "")
    {
        int width = head.Sum(static part => part.Text.Length);
        foreach (string piece in Folded.Of(text, terminal.Width - width - 1))
        {
            terminal.Line([.. head, (piece, style)]);
            head = [(new string(' ', width), string.Empty)];
        }
    }
}
