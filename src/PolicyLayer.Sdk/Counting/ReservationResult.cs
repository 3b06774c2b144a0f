namespace PolicyLayer.Sdk.Counting;

/// <summary>What a store answered: all demands reserved, or none and the first that did not fit.</summary>
/// <param name="Refused">The index of the first demand that did not fit; -1 when all are reserved.</param>
/// <param name="Remaining">What that limit had left.</param>
/// <param name="RetryAfter">The earliest time at which all demands could fit; null when waiting does not help.</param>
/// <param name="Stamp">When the counters were charged, by the store's own clocks; a refund names it.</param>
internal readonly record struct ReservationResult(int Refused, decimal Remaining, TimeSpan? RetryAfter, CounterTime Stamp)
{
    public bool IsReserved => Refused < 0;

    public static ReservationResult Reserved(in CounterTime stamp) => new(-1, 0, null, stamp);
}
