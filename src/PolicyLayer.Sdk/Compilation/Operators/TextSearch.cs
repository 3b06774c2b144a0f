using System.Buffers;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>Whether a text holds another, in time proportional to their lengths. The framework's search takes the product of both where somebody makes the texts for that, and with <c>value_from</c> both are the call's.</summary>
internal static class TextSearch
{
    /// <summary>Up to this product of the lengths the framework's search is quick, whatever the texts.</summary>
    private const long Small = 1_000_000;

    public static bool Contains(ReadOnlySpan<char> text, ReadOnlySpan<char> part, bool ignoreCase) =>
        part.Length <= text.Length
        && ((long)text.Length * part.Length <= Small
            ? text.Contains(part, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            : ContainsLong(text, part, ignoreCase));

    /// <summary>The same for texts of any length: Knuth, Morris and Pratt's search, over upper-case letters where case is ignored, for these are what the framework compares ordinally.</summary>
    public static bool ContainsLong(ReadOnlySpan<char> text, ReadOnlySpan<char> part, bool ignoreCase)
    {
        if (!ignoreCase)
        {
            return Search(text, part);
        }

        char[] letters = ArrayPool<char>.Shared.Rent(text.Length + part.Length);
        Span<char> upperText = letters.AsSpan(0, text.Length);
        Span<char> upperPart = letters.AsSpan(text.Length, part.Length);
        text.ToUpperInvariant(upperText);
        part.ToUpperInvariant(upperPart);
        bool found = Search(upperText, upperPart);

        // They held an argument.
        ArrayPool<char>.Shared.Return(letters, clearArray: true);
        return found;
    }

    private static bool Search(ReadOnlySpan<char> text, ReadOnlySpan<char> part)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(part.Length);
        Span<int> borders = rented.AsSpan(0, part.Length);
        FindBorders(part, borders);
        int matched = 0;
        foreach (char c in text)
        {
            if (matched == part.Length)
            {
                break;
            }

            matched = Extend(part, borders, matched, c);
        }

        ArrayPool<int>.Shared.Return(rented);
        return matched == part.Length;
    }

    /// <summary>For each beginning of a text the length of its longest border: what it both begins and ends with, less than the whole.</summary>
    private static void FindBorders(ReadOnlySpan<char> part, Span<int> borders)
    {
        int border = 0;
        for (int i = 0; i < part.Length; i++)
        {
            border = i == 0 ? 0 : Extend(part, borders, border, part[i]);
            borders[i] = border;
        }
    }

    /// <summary>How much of the part has matched with one more character behind what had.</summary>
    private static int Extend(ReadOnlySpan<char> part, ReadOnlySpan<int> borders, int matched, char next)
    {
        while (matched > 0 && part[matched] != next)
        {
            matched = borders[matched - 1];
        }

        return part[matched] == next ? matched + 1 : matched;
    }
}
