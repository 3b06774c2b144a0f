namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>Windows of the calendar begin and end with the months and weeks of UTC, in leap years too.</summary>
internal static class CalendarCheck
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    public static async Task RunAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        DateTimeOffset now = subject.Clock!.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);

        // Four years have a leap day among them, unless they are those of a century's end: both are met.
        IEnumerable<DateTimeOffset> months = Enumerable.Range(1, 49).Select(month.AddMonths);
        var century = new DateTimeOffset(100 * (1 + (now.AddYears(5).Year / 100)), 1, 1, 0, 0, 0, TimeSpan.Zero);
        await EndAsync(subject, CalendarUnit.Month, [.. months, century, century.AddMonths(1), century.AddMonths(2), century.AddMonths(3)], cancellationToken).ConfigureAwait(false);

        now = subject.Clock.GetUtcNow();
        DateTimeOffset day = now - now.TimeOfDay;
        DateTimeOffset monday = day.AddDays(8 - (int)day.DayOfWeek);
        await EndAsync(subject, CalendarUnit.Week, [.. Enumerable.Range(0, 3).Select(week => monday.AddDays(7 * week))], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The one place of a window is taken until each boundary, and free at it.</summary>
    private static async Task EndAsync(CounterStoreSubject subject, CalendarUnit unit, DateTimeOffset[] boundaries, CancellationToken cancellationToken)
    {
        CounterDemand demand = subject.Demand(unit.ToString(), CounterLimit.Create(LimitAlgorithm.Fixed, 1, TimeSpan.FromDays(unit == CalendarUnit.Week ? 7 : 31), unit));
        Expect.Reserved(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), $"{unit}: the first call");
        DateTimeOffset taken = subject.Clock!.GetUtcNow();
        foreach (DateTimeOffset boundary in boundaries)
        {
            string where = FormattableString.Invariant($"{unit}: before {boundary:yyyy-MM-dd}");
            subject.Advance!(boundary - Moment - subject.Clock.GetUtcNow());
            CounterReservation answer = await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false);
            if (boundary - taken > TimeSpan.FromDays(31))
            {
                Expect.Reserved(answer, $"{where}, many windows later");
                answer = await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false);
            }

            Expect.Refused(answer, 0, 0, where);
            Expect.That(answer.RetryAfter >= Moment && answer.RetryAfter <= 2 * Moment, FormattableString.Invariant($"{where}: the time to wait must be {Moment}, and is {answer.RetryAfter}"));
            subject.Advance(Moment);
            Expect.Reserved(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), FormattableString.Invariant($"{unit}: at {boundary:yyyy-MM-dd}"));
            taken = boundary;
        }
    }
}
