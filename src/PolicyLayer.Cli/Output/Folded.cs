using System.Globalization;
using System.Text;

namespace PolicyLayer.Cli.Output;

/// <summary>A text in pieces that fit into a terminal. Broken by the terminal it would go on at the left, where lines of ours begin.</summary>
internal static class Folded
{
    /// <summary>In a terminal that is narrower nothing can be read anyway.</summary>
    private const int Narrowest = 8;

    /// <summary>The pieces, at least one; no mark is parted from its letter.</summary>
    /// <param name="text">The text, in which nothing is hidden.</param>
    /// <param name="cells">How many cells there are; a letter that is not ASCII may take two.</param>
    public static IEnumerable<string> Of(string text, int cells)
    {
        cells = Math.Max(cells, Narrowest);
        int from = 0, at = 0, taken = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int more = rune.IsAscii ? 1 : Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 2;
            if (taken + more > cells)
            {
                yield return text[from..at];
                (from, taken) = (at, 0);
            }

            taken += more;
            at += rune.Utf16SequenceLength;
        }

        yield return text[from..];
    }
}
