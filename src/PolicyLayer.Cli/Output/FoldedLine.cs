namespace PolicyLayer.Cli.Output;

/// <summary>A line that goes on under itself, never at the left edge of the terminal.</summary>
internal static class FoldedLine
{
    private const string Between = "  ";

    /// <param name="terminal">Where to.</param>
    /// <param name="head">What it begins with, in ASCII and short.</param>
    /// <param name="text">The rest, in which nothing is hidden.</param>
    /// <param name="style">How the rest is shown.</param>
    public static void Print(Terminal terminal, (string Text, string Style)[] head, string text, string style = "") =>
        PrintPieces(terminal, head, Folded.Of(text, Cells(terminal, head)), style);

    /// <summary>The row of a table, whose columns stand below each other where the terminal is wide enough for them.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="head">What it begins with, in ASCII and short.</param>
    /// <param name="row">The other cells, in which nothing is hidden, each as wide as its column.</param>
    /// <param name="width">How wide the rows of the table are, without what they begin with.</param>
    /// <param name="style">How they are shown.</param>
    public static void PrintRow(Terminal terminal, (string Text, string Style)[] head, string[] row, int width, string style)
    {
        int cells = Cells(terminal, head);
        IEnumerable<string> pieces = width <= cells
            ? [Joined(row)]
            : Folded.Of(row.Select(static cell => cell.TrimEnd()), Between, cells);
        PrintPieces(terminal, head, pieces, style);
    }

    /// <summary>How wide such a row is, without what it begins with.</summary>
    public static int Width(string[] row) => Folded.Width(Joined(row));

    private static string Joined(string[] row) => string.Join(Between, row).TrimEnd();

    private static int Cells(Terminal terminal, (string Text, string Style)[] head) => terminal.Width - Width(head) - 1;

    private static int Width((string Text, string Style)[] head) => head.Sum(static part => part.Text.Length);

    private static void PrintPieces(Terminal terminal, (string Text, string Style)[] head, IEnumerable<string> pieces, string style)
    {
        int width = Width(head);
        foreach (string piece in pieces)
        {
            terminal.Line([.. head, (piece, style)]);
            head = [(new string(' ', width), string.Empty)];
        }
    }
}
