using PolicyLayer.Sdk.Testing.Model;

namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>What many callers at once were answered, written down and checked.</summary>
internal static class HistoryChecks
{
    private const int Callers = 8;
    private const int Most = 1_000_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Time passes between rounds of calls, so each call's moment is known, and what lies in its window.</summary>
    public static async Task SpansAreKeptAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        await RunAsync(subject, "few", max: 40, amounts: [1, 2, 0.5m, 7], calls: 6, rounds: 20, cancellationToken).ConfigureAwait(false);

        // Beyond a thousand, in slices.
        await RunAsync(subject, "many", max: 1_100, amounts: [1], calls: 60, rounds: 5, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whoever looks at two counters of one call, one after the other, sees it in both when they have seen it in the first.</summary>
    public static async Task ReservationIsSeenWholeAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterLimit limit = CounterLimit.Create(LimitAlgorithm.Sliding, Most, TimeSpan.FromDays(10_000));
        CounterDemand[] both = [subject.Demand("a", limit), subject.Demand("b", limit)];
        CounterDemand[] reversed = [both[1], both[0]];

        // All callers in one order, or what each has of one counter alone would be even.
        foreach (CounterDemand[] asked in (CounterDemand[][])[both, reversed])
        {
            Task reserving = Task.WhenAll(Enumerable.Range(0, Callers / 2).Select(_ => Task.Run(() => ReserveAsync(subject, asked, cancellationToken), cancellationToken)));
            await Task.WhenAll([reserving, .. Enumerable.Range(0, Callers / 2).Select(i => Task.Run(() => LookAsync(subject, i % 2 == 0 ? both : reversed, reserving, cancellationToken), cancellationToken))]).ConfigureAwait(false);
        }
    }

    private static async Task ReserveAsync(CounterStoreSubject subject, CounterDemand[] demands, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 40; i++)
        {
            Expect.Reserved(await subject.ReserveAsync(cancellationToken, demands).ConfigureAwait(false), "one of few calls");
            await Task.Yield();
        }
    }

    private static async Task LookAsync(CounterStoreSubject subject, CounterDemand[] demands, Task reserving, CancellationToken cancellationToken)
    {
        while (!reserving.IsCompleted)
        {
            decimal first = await LeftAsync(demands[0]).ConfigureAwait(false);
            Expect.That(await LeftAsync(demands[1]).ConfigureAwait(false) <= first, "a call is seen in one of its counters, and not yet in the other");
            await Task.Yield();
        }

        // What it has left, it says to one that asks for more than it ever admits.
        async Task<decimal> LeftAsync(CounterDemand demand) =>
            (await subject.PeekAsync(cancellationToken, demand with { Amount = Most + 1 }).ConfigureAwait(false)).Remaining;
    }

    private static async Task RunAsync(CounterStoreSubject subject, string name, decimal max, decimal[] amounts, int calls, int rounds, CancellationToken cancellationToken)
    {
        var random = new Random(calls);
        CounterLimit[] limits = [CounterLimit.Create(LimitAlgorithm.Sliding, max, Window), CounterLimit.Create(LimitAlgorithm.Sliding, max / 2 * 3, 2 * Window)];
        var history = new AdmissionHistory(limits);
        for (int round = 1; round <= rounds; round++)
        {
            DateTimeOffset now = subject.Clock!.GetUtcNow();
            decimal[][] asked = [.. Enumerable.Range(0, Callers).Select(_ => random.GetItems(amounts, calls))];
            (decimal Amount, CounterReservation Answer)[][] answers = await Task.WhenAll(asked.Select(one => Task.Run(() => AskAsync(one), cancellationToken))).ConfigureAwait(false);
            foreach ((decimal amount, CounterReservation answer) in answers.SelectMany(static one => one).Where(static one => one.Answer.IsReserved))
            {
                history.Add(now, amount, answer);
            }

            string where = FormattableString.Invariant($"{name}, round {round}");
            history.Check(now, [.. answers.SelectMany(static one => one).Where(static one => !one.Answer.IsReserved)], where);
            if (history.TakeOne(random) is { } back)
            {
                await subject.RefundAsync(back.Answer, cancellationToken, Demands(back.Amount)).ConfigureAwait(false);
            }

            // Often to just before somebody leaves their window.
            subject.Advance!(random.Next(2) == 0 ? history.UntilLeaves(now, Window) - TimeSpan.FromMilliseconds(1) : TimeSpan.FromMilliseconds(random.Next(30_000)));
        }

        async Task<(decimal Amount, CounterReservation Answer)[]> AskAsync(decimal[] asked)
        {
            var answers = new (decimal Amount, CounterReservation Answer)[asked.Length];
            for (int i = 0; i < asked.Length; i++)
            {
                answers[i] = (asked[i], await subject.ReserveAsync(cancellationToken, Demands(asked[i])).ConfigureAwait(false));
            }

            return answers;
        }

        CounterDemand[] Demands(decimal amount) => [subject.Demand(name + " short", limits[0], amount), subject.Demand(name + " long", limits[1], amount)];
    }
}
