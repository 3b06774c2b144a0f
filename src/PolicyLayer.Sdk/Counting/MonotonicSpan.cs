namespace PolicyLayer.Sdk.Counting;

/// <summary>Ticks of a clock as time, and back.</summary>
internal static class MonotonicSpan
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = NanosecondsPerSecond / TimeSpan.TicksPerSecond;

    /// <summary>Longer than any span by every clock, and not too many to be multiplied.</summary>
    private static readonly Int128 Endless = (Int128.MaxValue / TimeSpan.TicksPerSecond) - long.MaxValue;

    /// <summary>How many ticks a span has, never too few.</summary>
    public static long ToTicks(TimeSpan span, long frequency) => (long)((((Int128)span.Ticks * frequency) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);

    /// <summary>The span of so many ticks, never too short; the longest there is when they do not fit.</summary>
    public static TimeSpan Of(Int128 ticks, long frequency)
    {
        // Most clocks tick in nanoseconds, and to divide by a constant is fast.
        if (frequency == NanosecondsPerSecond && ticks >= 0 && ticks <= long.MaxValue - NanosecondsPerTick)
        {
            return TimeSpan.FromTicks(((long)ticks + NanosecondsPerTick - 1) / NanosecondsPerTick);
        }

        if (ticks > Endless)
        {
            return TimeSpan.MaxValue;
        }

        Int128 whole = ((ticks * TimeSpan.TicksPerSecond) + frequency - 1) / frequency;
        return whole > TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)whole);
    }
}
