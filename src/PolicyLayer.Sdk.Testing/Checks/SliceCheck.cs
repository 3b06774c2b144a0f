namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>Many admissions in one window may be counted in slices of a sixtieth: never more than the maximum, and late by a slice at most, also when calls are given back.</summary>
internal static class SliceCheck
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Slice = Window / 60;

    public static async Task RunAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        // Where slices begin, and well beyond.
        await RunAsync(subject, 1020, cancellationToken).ConfigureAwait(false);
        await RunAsync(subject, 1200, cancellationToken).ConfigureAwait(false);
        await RefundJoinedAsync(subject, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls of one moment, of which the first joined a slice and the second, as there was room again, may stand by itself: given back, they take nothing from others of that slice.</summary>
    private static async Task RefundJoinedAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        const int Max = 1200, Early = 1000;
        CounterDemand demand = subject.Demand("joined", CounterLimit.Create(LimitAlgorithm.Sliding, Max, Window));
        var early = new List<CounterReservation>();
        for (int i = 0; i < Early; i++)
        {
            early.Add(await ReserveAsync(1).ConfigureAwait(false));
        }

        CounterReservation[] joined = [await ReserveAsync(2000).ConfigureAwait(false), await ReserveAsync(1).ConfigureAwait(false), await ReserveAsync(1).ConfigureAwait(false)];
        foreach (CounterReservation one in early)
        {
            await subject.RefundAsync(one, cancellationToken, demand).ConfigureAwait(false);
        }

        CounterReservation same = await ReserveAsync(0).ConfigureAwait(false);
        foreach (CounterReservation one in new[] { joined[2], same, joined[0], joined[1] })
        {
            await subject.RefundAsync(one, cancellationToken, demand).ConfigureAwait(false);
        }

        CounterReservation rest = await subject.ReserveAsync(cancellationToken, demand with { Amount = Max }).ConfigureAwait(false);
        Expect.Reserved(rest, "the whole maximum, once every call came back");

        async Task<CounterReservation> ReserveAsync(int milliseconds)
        {
            subject.Advance!(TimeSpan.FromMilliseconds(milliseconds));
            return await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(CounterStoreSubject subject, int max, CancellationToken cancellationToken)
    {
        CounterDemand demand = subject.Demand(FormattableString.Invariant($"up_to_{max}"), CounterLimit.Create(LimitAlgorithm.Sliding, max, Window));
        var random = new Random(max);

        // From the oldest to the newest, without those that were given back.
        var admitted = new List<(DateTimeOffset At, CounterReservation Reservation)>();
        for (int i = 0; i < 2_000; i++)
        {
            // Often several calls in one moment.
            subject.Advance!(TimeSpan.FromMilliseconds(Math.Max(0, random.Next(-20, 50))));
            DateTimeOffset now = subject.Clock!.GetUtcNow();
            admitted.RemoveAll(call => call.At <= now - Window - Slice);
            for (int refunds = random.Next(10) == 0 ? 3 : 0; refunds > 0 && admitted.Count > 0; refunds--)
            {
                int given = random.Next(admitted.Count);
                await subject.RefundAsync(admitted[given].Reservation, cancellationToken, demand).ConfigureAwait(false);
                admitted.RemoveAt(given);
            }

            // What is held is seen by asking for all of it.
            CounterReservation whole = await subject.PeekAsync(cancellationToken, demand with { Amount = max }).ConfigureAwait(false);
            Expect.That(whole.IsReserved || max - whole.Remaining <= admitted.Count, FormattableString.Invariant($"step {i}: of a maximum of {max} more is held than was admitted, even a slice before"));
            CounterReservation answer = await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false);
            if (answer.IsReserved)
            {
                Expect.That(admitted.Count(call => call.At > now - Window) < max, FormattableString.Invariant($"step {i}: more than the maximum of {max} is admitted in one window"));
                admitted.Add((now, answer));
            }
            else
            {
                Expect.That(admitted.Count >= max, FormattableString.Invariant($"step {i}: a call is refused that would fit below the maximum of {max} even a slice later"));
            }
        }
    }
}
