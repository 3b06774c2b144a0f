using System.Runtime.InteropServices;

namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>One admission, or several of one slice; they leave the window together, with the last of them.</summary>
/// <param name="First">When the first of them was.</param>
/// <param name="Last">When the last of them was.</param>
/// <param name="Amount">What they added, less what was given back, in <see cref="Millionths"/>.</param>
/// <param name="Calls">How many they are.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Admission(long First, long Last, Int128 Amount, long Calls)
{
    /// <summary>Whether its moment says all about it.</summary>
    public bool IsOneOfOne => Calls == 1 && Amount == Millionths.One;
}
