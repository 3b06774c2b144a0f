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
            int more = Width(rune);
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

    /// <summary>The cells of a row, as many to a piece as go into it; only one that is too long by itself is broken.</summary>
    /// <param name="row">Their texts, in which nothing is hidden.</param>
    /// <param name="between">What stands between two of them.</param>
    /// <param name="cells">How many cells of the terminal there are.</param>
    public static IEnumerable<string> Of(IEnumerable<string> row, string between, int cells)
    {
        string? piece = null;
        foreach (string text in row)
        {
            if (piece is not null && Width(piece + between + text) <= Math.Max(cells, Narrowest))
            {
                piece += between + text;
                continue;
            }

            if (piece is not null)
            {
                yield return piece;
            }

            string[] pieces = [.. Of(text, cells)];
            foreach (string whole in pieces[..^1])
            {
                yield return whole;
            }

            piece = pieces[^1];
        }

        if (piece is not null)
        {
            yield return piece;
        }
    }

    /// <summary>How many cells a text takes at most.</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    private static int Width(Rune rune) => rune.IsAscii ? 1 : Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? 0 : 2;
}
