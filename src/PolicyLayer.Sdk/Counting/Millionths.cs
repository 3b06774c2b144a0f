using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Counting;

/// <summary>Amounts as counters keep them: whole numbers of millionths, which are exact, and faster to add than decimals.</summary>
internal static class Millionths
{
    private const int WholeInOne = 1_000_000;
    private const decimal InOne = WholeInOne;

    private static readonly Parts OneInParts = Unsafe.BitCast<decimal, Parts>(decimal.One);

    /// <summary>What most calls add.</summary>
    public static Int128 One => WholeInOne;

    /// <summary>What so many calls add that each add one.</summary>
    public static Int128 OfCalls(long calls) => (Int128)calls * WholeInOne;

    /// <summary>How many calls that each added one must go at least to take so much away, which is more than nothing and not more than all calls.</summary>
    public static int CallsFor(Int128 amount) => (int)(((long)amount + WholeInOne - 1) / WholeInOne);

    /// <summary>An amount in millionths. One that is finer than they are counts as more, never as less.</summary>
    /// <exception cref="OverflowException">It is beyond every amount.</exception>
    public static Int128 Of(in decimal amount) => IsWrittenAsOne(amount) ? One : (Int128)decimal.Ceiling(amount * InOne);

    /// <summary>A limit in millionths. One that is finer than they are is a little less, never more.</summary>
    public static Int128 OfLimit(decimal max) => (Int128)decimal.Floor(max * InOne);

    public static decimal ToDecimal(Int128 amount)
    {
        if (amount >= 0 && amount <= long.MaxValue)
        {
            (ulong whole, ulong rest) = Math.DivRem((ulong)amount, WholeInOne);
            return rest == 0 ? whole : whole + (rest / InOne);
        }

        return (decimal)amount / InOne;
    }

    /// <summary>One without digits after the point, told by its bits. They are read in the parts in which they were written: a processor waits for a part that is still under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWrittenAsOne(in decimal amount)
    {
        ref readonly Parts parts = ref Unsafe.As<decimal, Parts>(ref Unsafe.AsRef(in amount));
        return parts == OneInParts;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Parts(int First, int Second, long Third);
}
