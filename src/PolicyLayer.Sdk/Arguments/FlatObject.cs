using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Unicode;

namespace PolicyLayer.Sdk.Arguments;

/// <summary>Finds the members of an object that holds no other object and no list, 64 bytes at a time: what most calls have for arguments.</summary>
/// <remarks>
/// Some parser took the text for JSON, perhaps with comments and trailing commas, so its marks need only be told from those within strings:
/// a mark stands outside where an even number of quotes comes before it. That is so where no quote is escaped, so a back-slash is left to others.
/// </remarks>
internal static class FlatObject
{
    private const int Block = 64;

    /// <summary>Finds the members, and with them that the object is well formed for certain. False means: look closer.</summary>
    /// <param name="utf8">The text of an object.</param>
    /// <param name="index">Receives the members.</param>
    public static bool TryIndex(ReadOnlySpan<byte> utf8, ref MemberIndex index)
    {
        if (utf8.Length < Vector256<byte>.Count || EndsWithComma(utf8))
        {
            return false;
        }

        ulong wasInside = 0;
        ulong earlierQuotes = 0;
        bool isAscii = true;
        for (int start = 0; start < utf8.Length; start += Block)
        {
            Marks marks = Marks.Of(utf8, start);
            ulong inside = PrefixXor(marks.Quotes) ^ wasInside;
            ulong openings = marks.Openings & ~inside;
            if (marks.HasBackslash || (marks.Slashes & ~inside) != 0 || openings != (start == 0 ? 1UL : 0))
            {
                return false;
            }

            for (ulong colons = marks.Colons & ~inside; colons != 0; colons &= colons - 1)
            {
                int colon = BitOperations.TrailingZeroCount(colons);
                if (!TryAdd(utf8, marks.Quotes & ((1UL << colon) - 1), earlierQuotes, start, colon, ref index))
                {
                    return false;
                }
            }

            wasInside = (ulong)((long)inside >> (Block - 1));
            earlierQuotes = marks.Quotes;
            isAscii &= marks.IsAscii;
        }

        if (!isAscii && !Utf8.IsValid(utf8))
        {
            return false;
        }

        index.Complete(utf8);
        return true;
    }

    /// <summary>Adds the member whose name ends before a colon; false when the name does not begin in this block of text or the one before, or the index wants no more.</summary>
    private static bool TryAdd(ReadOnlySpan<byte> utf8, ulong quotes, ulong earlier, int start, int colon, ref MemberIndex index)
    {
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

    /// <summary>Whether a comma stands before the closing bracket.</summary>
    private static bool EndsWithComma(ReadOnlySpan<byte> utf8)
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
