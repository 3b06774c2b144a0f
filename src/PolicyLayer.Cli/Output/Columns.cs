namespace PolicyLayer.Cli.Output;

/// <summary>The rows of a table, whose columns are as wide as what stands in them.</summary>
internal static class Columns
{
    /// <summary>The same rows with each cell filled up to the width of its column; all have as many cells as the first.</summary>
    public static string[][] Align(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        return [.. rows.Select(row => row.Select((text, column) => text.PadRight(widths[column])).ToArray())];
    }
}
