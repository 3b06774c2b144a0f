namespace PolicyLayer.Sdk.Counting;

/// <summary>What a store answered: all demands reserved, or none and the first that did not fit.</summary>
/// <param name="Refused">The index of the first demand that did not fit; -1 when all are reserved.</param>
/// <param name="Remaining">What that counter had left.</param>
/// <param name="RetryAfter">The earliest time at which all demands could fit; null when they never will.</param>
/// <param name="Stamp">When the counters were charged, in the store's own ticks; a refund names it.</param>
internal readonly record struct ReservationResult(int Refused, decimal Remaining, TimeSpan? RetryAfter, long Stamp)
{
    public bool IsReserved => Refused < 0;

    public static ReservationResult Reserved(long stamp) => new(-1, 0, null, stamp);
}
