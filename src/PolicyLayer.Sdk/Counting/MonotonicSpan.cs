namespace PolicyLayer.Sdk.Counting;

/// <summary>Ticks of a clock as time, and back.</summary>
internal static class MonotonicSpan
{
    /// <summary>How many ticks a span has, never too few.</summary>
    public static long ToTicks(TimeSpan span, long frequency) => (long)((((Int128)span.Ticks * frequency) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);

    /// <summary>The span of so many ticks, never too short; the longest there is when they do not fit.</summary>
    public static TimeSpan Of(Int128 ticks, long frequency)
    {
        // The clocks of today tick a whole number of times in each of ours.
        if (frequency % TimeSpan.TicksPerSecond == 0 && ticks >= 0 && ticks <= long.MaxValue - frequency)
        {
            long each = frequency / TimeSpan.TicksPerSecond;
            return TimeSpan.FromTicks(((long)ticks + each - 1) / each);
        }

        Int128 scaled = ticks * TimeSpan.TicksPerSecond;
        Int128 whole = (scaled + frequency - 1) / frequency;
        return whole > TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)whole);
    }
}
