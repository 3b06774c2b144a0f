using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Finds the members of an object that holds no other object and no list, 64 bytes at a time: what most calls have for arguments.</summary>
/// <remarks>
/// A parser that took the text for JSON may have passed comments and trailing commas. Marks need only be told from those within strings:
/// a mark stands outside where an even number of quotes comes before it. That is so where no quote is escaped, so a back-slash is left to others.
/// </remarks>
internal static class FlatObject
{
    private const int Block = Marks.Block;

    /// <summary>Finds the members, and with them that the object is well formed for certain. False means: look closer.</summary>
    /// <param name="utf8">The text of an object, at least its two brackets; or, when nobody read it yet, any text.</param>
    /// <param name="isParsed">Whether some parser took the text for JSON; else its grammar is looked at too.</param>
    /// <param name="index">Receives the members.</param>
    public static bool TryIndex(ReadOnlySpan<byte> utf8, bool isParsed, ref MemberIndex index)
    {
        bool found = utf8.Length < Block ? TryFindInShort(utf8, ref index, out int quotes) : TryFind(utf8, utf8, ref index, out quotes);
        if (!found || (isParsed ? EndsWithComma(utf8) : !FlatGrammar.Holds(utf8, index, quotes)))
        {
            return false;
        }

        index.Complete(utf8);
        return true;
    }

    /// <summary>Looks for marks in a copy that is long enough.</summary>
    private static bool TryFindInShort(ReadOnlySpan<byte> utf8, ref MemberIndex index, out int quotes)
    {
        Span<byte> padded = stackalloc byte[Block];
        padded.Fill((byte)' ');
        utf8.CopyTo(padded);
        return TryFind(padded, utf8, ref index, out quotes);
    }

    /// <param name="padded">The text, or where it is shorter than a block one that begins with it and goes on with spaces.</param>
    /// <param name="utf8">The text.</param>
    /// <param name="index">Receives the members.</param>
    /// <param name="quotes">How many quotes there are.</param>
    private static bool TryFind(scoped ReadOnlySpan<byte> padded, ReadOnlySpan<byte> utf8, ref MemberIndex index, out int quotes)
    {
        quotes = 0;
        ulong wasInside = 0;
        ulong earlierQuotes = 0;
        ulong opening = 1;
        Vector256<byte> all = default;
        for (int start = 0; start < padded.Length; start += Block)
        {
            Marks marks = Marks.Of(padded, start);
            ulong quote = marks.Quotes;
            ulong inside = PrefixXor(quote) ^ wasInside;
            if ((marks.Openings & ~inside) != opening || (marks.NotPlain & inside) != 0)
            {
                return false;
            }

            for (ulong colons = marks.Colons & ~inside; colons != 0; colons &= colons - 1)
            {
                int colon = BitOperations.TrailingZeroCount(colons);
                if (!TryAdd(utf8, quote & ((1UL << colon) - 1), earlierQuotes, start, colon, ref index))
                {
                    return false;
                }
            }

            wasInside = (ulong)((long)inside >> (Block - 1));
            earlierQuotes = quote;
            quotes += BitOperations.PopCount(quote);
            opening = 0;
            all |= marks.Either;
        }

        return all.ExtractMostSignificantBits() == 0 || Utf8.IsValid(utf8);
    }

    /// <summary>Adds the member whose name ends before a colon; false when the name does not begin in this block of text or the one before, or the index wants no more.</summary>
    private static bool TryAdd(ReadOnlySpan<byte> utf8, ulong quotes, ulong earlier, int start, int colon, ref MemberIndex index)
    {
        if ((quotes | earlier) == 0)
        {
            return false;
        }

        int end = Last(quotes, earlier);
        if (end >= 0)
        {
            quotes ^= 1UL << end;
        }
        else
        {
            earlier ^= 1UL << (end + Block);
        }

        return (quotes | earlier) != 0 && index.TryAdd(utf8, start + Last(quotes, earlier) + 1, start + end, start + colon);
    }

    /// <summary>The last bit, counted from this block's first.</summary>
    private static int Last(ulong bits, ulong earlier) =>
        bits != 0 ? Block - 1 - BitOperations.LeadingZeroCount(bits) : -1 - BitOperations.LeadingZeroCount(earlier);

    /// <summary>Whether a comma stands before the closing bracket of an object or a list.</summary>
    public static bool EndsWithComma(ReadOnlySpan<byte> utf8)
    {
        int last = utf8.Length - 2;
        while (utf8[last] <= ' ')
        {
            last--;
        }

        return utf8[last] == ',';
    }

    /// <summary>At each bit, whether the number of bits up to it is odd.</summary>
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        }

        for (int shift = 1; shift < Block; shift <<= 1)
        {
            bits ^= bits << shift;
        }

        return bits;
    }
}
