namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>Many callers at once.</summary>
internal static class ConcurrencyChecks
{
    private const int Callers = 8;

    private static readonly TimeSpan Long = TimeSpan.FromDays(10_000);

    public static async Task AdmitsExactlyTheMaximumAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        foreach (LimitAlgorithm algorithm in Enum.GetValues<LimitAlgorithm>())
        {
            const int Max = 137;
            CounterDemand demand = subject.Demand(algorithm.ToString(), CounterLimit.Create(algorithm, Max, Long));
            int admitted = 0;
            await TogetherAsync(async () =>
            {
                for (int i = 0; i < 40; i++)
                {
                    if ((await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false)).IsReserved)
                    {
                        Interlocked.Increment(ref admitted);
                    }
                }
            }).ConfigureAwait(false);
            Expect.Equal(Max, admitted, $"{algorithm}: calls admitted of {Callers * 40} at once");
        }
    }

    public static async Task RunningCallsNeverExceedTheMaximumAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        const int Max = 3;
        CounterDemand demand = subject.Demand("running", CounterLimit.Create(LimitAlgorithm.Concurrent, Max));
        var held = new List<CounterReservation>();
        for (int i = 0; i < Max; i++)
        {
            held.Add(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false));
            Expect.Reserved(held[i], "a place that is free");
        }

        Expect.Refused(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), 0, 0, "one more place than there are");
        foreach (CounterReservation place in held)
        {
            await subject.RefundAsync(place, cancellationToken, demand).ConfigureAwait(false);
        }

        int running = 0;
        await TogetherAsync(async () =>
        {
            for (int i = 0; i < 40; i++)
            {
                CounterReservation answer = await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false);
                if (answer.IsReserved)
                {
                    Expect.That(Interlocked.Increment(ref running) <= Max, "more calls run at once than may");
                    await Task.Yield();
                    Interlocked.Decrement(ref running);
                    await subject.RefundAsync(answer, cancellationToken, demand).ConfigureAwait(false);
                }
            }
        }).ConfigureAwait(false);
        Expect.Reserved(await subject.PeekAsync(cancellationToken, demand with { Amount = Max }).ConfigureAwait(false), "once all calls have ended, all places");
    }

    public static async Task OppositeOrdersEndAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        // There is room for all of them: one that is refused was refused for nothing.
        const int Calls = 20;
        CounterLimit limit = CounterLimit.Create(LimitAlgorithm.Sliding, Callers * Calls, Long);
        CounterDemand[] one = [subject.Demand("a", limit), subject.Demand("b", limit), subject.Demand("c", limit)];
        CounterDemand[] other = [.. one.AsEnumerable().Reverse()];
        int callers = 0;
        int admitted = 0;
        await TogetherAsync(async () =>
        {
            CounterDemand[] demands = Interlocked.Increment(ref callers) % 2 == 0 ? one : other;
            for (int i = 0; i < Calls; i++)
            {
                if ((await subject.ReserveAsync(cancellationToken, demands).ConfigureAwait(false)).IsReserved)
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        }).ConfigureAwait(false);
        Expect.Equal(Callers * Calls, admitted, "calls admitted of those that name three counters in opposite orders");
        foreach (CounterDemand demand in one)
        {
            Expect.Refused(await subject.PeekAsync(cancellationToken, demand).ConfigureAwait(false), 0, 0, $"counter {demand.Key.Counter}, which is full");
        }
    }

    public static async Task GreedyCallShutsNobodyOutAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterDemand last = subject.Demand("last", CounterLimit.Create(LimitAlgorithm.Sliding, 1, Long));
        CounterDemand spent = subject.Demand("spent", CounterLimit.Create(LimitAlgorithm.Sliding, 0, Long));
        var asked = new int[Callers];
        using var done = new CancellationTokenSource();
        Task[] greedy = [.. Enumerable.Range(0, Callers).Select(i => Task.Run(
            async () =>
            {
                CounterDemand[] demands = i % 2 == 0 ? [last, spent] : [spent, last];
                while (!done.IsCancellationRequested)
                {
                    Expect.That(!(await subject.ReserveAsync(cancellationToken, demands).ConfigureAwait(false)).IsReserved, "a call is admitted past a limit of 0");
                    Volatile.Write(ref asked[i], asked[i] + 1);
                    await Task.Yield();
                }
            },
            cancellationToken))];
        try
        {
            // As long as it takes for each of the others to have asked often enough meanwhile.
            for (int i = 0; i < 200 || Array.Exists(asked, static times => times < 60); i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Array.Find(greedy, static one => one.IsFaulted)?.GetAwaiter().GetResult();
                CounterReservation answer = await subject.ReserveAsync(cancellationToken, last).ConfigureAwait(false);
                Expect.Reserved(answer, "a call that fits, while others ask for too much");
                await subject.RefundAsync(answer, cancellationToken, last).ConfigureAwait(false);

                // Now it is free, for those who ask for too much as well.
                await Task.Yield();
            }
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(greedy).ConfigureAwait(false);
        }
    }

    private static Task TogetherAsync(Func<Task> call) => Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(call)));
}
