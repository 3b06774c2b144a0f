namespace PolicyLayer.Sdk.Compilation;

/// <summary>The span that a limit counts over.</summary>
/// <param name="Text">As the policy writes it.</param>
/// <param name="Length">How long it is; of a month, the longest there is.</param>
/// <param name="Unit">Where windows of a <c>fixed</c> limit begin.</param>
internal readonly record struct LimitWindow(string Text, TimeSpan Length, CalendarUnit Unit)
{
    private static readonly long Epoch = DateTime.UnixEpoch.Ticks;

    /// <summary>Where the calendar window begins that a moment lies in, both in ticks of UTC.</summary>
    public long StartOf(long utc)
    {
        if (Unit == CalendarUnit.Month)
        {
            var moment = new DateTime(utc, DateTimeKind.Utc);
            return new DateTime(moment.Year, moment.Month, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        }

        // The first of January of the year 1 is a Monday, so weeks count from there.
        long from = Unit == CalendarUnit.Week ? 0 : Epoch;
        long into = (utc - from) % Length.Ticks;
        return utc - (into < 0 ? into + Length.Ticks : into);
    }

    /// <summary>Where the window ends that begins at a moment; the last month there is ends behind the calendar.</summary>
    public long EndOf(long start)
    {
        if (Unit != CalendarUnit.Month)
        {
            return start + Length.Ticks;
        }

        var first = new DateTime(start, DateTimeKind.Utc);
        return first is { Year: 9999, Month: 12 } ? DateTime.MaxValue.Ticks + 1 : first.AddMonths(1).Ticks;
    }
}
