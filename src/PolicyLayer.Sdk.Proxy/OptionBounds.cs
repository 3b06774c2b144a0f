namespace PolicyLayer.Sdk.Proxy;

/// <summary>Which times timers take: another one would fail with the first request, not at the start.</summary>
internal static class TimeBounds
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>The value, if it is a time from the least on, and short enough for a timer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is another.</exception>
    public static TimeSpan Check(TimeSpan value, TimeSpan least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Longest, name);
        return value;
    }
}
