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

    /// <summary>The same for texts of any length: Knuth, Morris and Pratt's search.</summary>
    public static bool ContainsLong(ReadOnlySpan<char> text, ReadOnlySpan<char> part, bool ignoreCase)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(part.Length);
        Span<int> borders = rented.AsSpan(0, part.Length);
        FindBorders(part, borders, ignoreCase);
        int matched = 0;
        foreach (char c in text)
        {
            if (matched == part.Length)
            {
                break;
            }

            matched = Extend(part, borders, matched, c, ignoreCase);
        }

        ArrayPool<int>.Shared.Return(rented);
        return matched == part.Length;
    }

    /// <summary>For each beginning of a text the length of its longest border: what it both begins and ends with, less than the whole.</summary>
    private static void FindBorders(ReadOnlySpan<char> part, Span<int> borders, bool ignoreCase)
    {
        int border = 0;
        for (int i = 0; i < part.Length; i++)
        {
            border = i == 0 ? 0 : Extend(part, borders, border, part[i], ignoreCase);
            borders[i] = border;
        }
    }

    /// <summary>How much of the part has matched with one more character behind what had.</summary>
    private static int Extend(ReadOnlySpan<char> part, ReadOnlySpan<int> borders, int matched, char next, bool ignoreCase)
    {
        while (matched > 0 && !IsSame(part, matched, next, ignoreCase))
        {
            matched = borders[matched - 1];
        }

        return IsSame(part, matched, next, ignoreCase) ? matched + 1 : matched;
    }

    /// <summary>Whether a character is one with that of the part at an index, where all before it have matched. The framework is asked: what capitals it compares by, it does not tell.</summary>
    private static bool IsSame(ReadOnlySpan<char> part, int index, char other, bool ignoreCase)
    {
        char own = part[index];
        if (own == other || !ignoreCase)
        {
            return own == other;
        }

        // The second of two that are one letter: the first was the same.
        return index > 0 && char.IsSurrogatePair(part[index - 1], own) && char.IsLowSurrogate(other)
            ? part.Slice(index - 1, 2).Equals([part[index - 1], other], StringComparison.OrdinalIgnoreCase)
            : part.Slice(index, 1).Equals([other], StringComparison.OrdinalIgnoreCase);
    }
}
