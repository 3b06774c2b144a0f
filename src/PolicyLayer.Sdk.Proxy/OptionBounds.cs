using System.Runtime.CompilerServices;

namespace PolicyLayer.Sdk.Proxy;

/// <summary>What options may be. Their exceptions name the option: of one that a configuration sets nothing else does.</summary>
internal static class OptionBounds
{
    /// <summary>Which times timers take: another one would fail with the first request, not at the start.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>The value, if it is above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static int AtLeastOne(int value, [CallerMemberName] string option = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, option);
        return value;
    }

    /// <summary>The value, if it is a time from the least on, and short enough for a timer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is another.</exception>
    public static TimeSpan Time(TimeSpan value, TimeSpan least, [CallerMemberName] string option = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, option);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestTime, option);
        return value;
    }
}
