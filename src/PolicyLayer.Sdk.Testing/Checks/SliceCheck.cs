namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>Many admissions in one window may be counted in slices of a sixtieth: never more than the maximum, and late by a slice at most.</summary>
internal static class SliceCheck
{
    private const int Max = 1200;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Slice = Window / 60;

    public static async Task RunAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterDemand demand = subject.Demand("many", CounterLimit.Create(LimitAlgorithm.Sliding, Max, Window));
        var random = new Random(1);
        var admitted = new Queue<DateTimeOffset>();
        var lately = new Queue<DateTimeOffset>();
        for (int i = 0; i < 3_000; i++)
        {
            subject.Advance!(TimeSpan.FromMilliseconds(random.Next(60)));
            DateTimeOffset now = subject.Clock!.GetUtcNow();
            Forget(admitted, now - Window);
            Forget(lately, now - Window - Slice);
            if ((await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false)).IsReserved)
            {
                Expect.That(admitted.Count < Max, FormattableString.Invariant($"step {i}: more than the maximum is admitted in one window"));
                admitted.Enqueue(now);
                lately.Enqueue(now);
            }
            else
            {
                Expect.That(lately.Count >= Max, FormattableString.Invariant($"step {i}: a call is refused that would fit even a slice later"));
            }
        }
    }

    private static void Forget(Queue<DateTimeOffset> moments, DateTimeOffset gone)
    {
        while (moments.TryPeek(out DateTimeOffset first) && first <= gone)
        {
            moments.Dequeue();
        }
    }
}
