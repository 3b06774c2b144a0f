namespace PolicyLayer.Sdk.Counting;

/// <summary>Ticks of a clock as time, and back.</summary>
internal static class MonotonicSpan
{
    /// <summary>How many ticks a span has, never too few.</summary>
    public static long ToTicks(TimeSpan span, long frequency) => (long)((((Int128)span.Ticks * frequency) + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond);

    public static TimeSpan Of(Int128 ticks, long frequency)
    {
        Int128 scaled = ticks * TimeSpan.TicksPerSecond;
        Int128 whole = (scaled + frequency - 1) / frequency;
        return whole > TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)whole);
    }
}
