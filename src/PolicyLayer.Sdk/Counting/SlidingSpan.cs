namespace PolicyLayer.Sdk.Counting;

/// <summary>How long a sliding window is: one object for all counters of a limit.</summary>
/// <param name="Ticks">How long, in ticks of the clock that only runs on.</param>
/// <param name="Frequency">How many of its ticks are a second.</param>
internal sealed record SlidingSpan(long Ticks, long Frequency);
