namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>What counters in memory are counted by.</summary>
internal readonly struct CounterClock(TimeProvider time)
{
    /// <summary>The moment by both clocks.</summary>
    public CounterTime Now() => Now(isMonotonic: true, isUtc: true);

    /// <summary>The moment by the clock that a limit counts by.</summary>
    public CounterTime Now(CounterLimit limit) => Now(isMonotonic: limit.Algorithm != LimitAlgorithm.Fixed, isUtc: limit.Algorithm == LimitAlgorithm.Fixed);

    /// <summary>The moment by the clocks that some limits count by, and no other: calendar windows by one, all else by the one that only runs on.</summary>
    public CounterTime Now(ReadOnlySpan<CounterDemand> demands)
    {
        bool isMonotonic = false;
        bool isUtc = false;
        foreach (ref readonly CounterDemand demand in demands)
        {
            bool isFixed = demand.Limit.Algorithm == LimitAlgorithm.Fixed;
            isUtc |= isFixed;
            isMonotonic |= !isFixed;
        }

        return Now(isMonotonic, isUtc);
    }

    private CounterTime Now(bool isMonotonic, bool isUtc) => new(isMonotonic ? time.GetTimestamp() : long.MinValue, isUtc ? time.GetUtcNow().UtcTicks : 0);
}
