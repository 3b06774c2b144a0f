namespace PolicyLayer.Sdk.Counting.Shared;

/// <summary>Microseconds: what the clocks of servers tell apart.</summary>
internal static class Micros
{
    /// <summary>How many a span has, never too few.</summary>
    public static long Of(TimeSpan span) => (span.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;

    /// <summary>How many have passed since 1970.</summary>
    public static long Of(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>So many as a span; the longest there is when they do not fit.</summary>
    public static TimeSpan ToSpan(long micros) => micros > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond ? TimeSpan.MaxValue : TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond);
}
