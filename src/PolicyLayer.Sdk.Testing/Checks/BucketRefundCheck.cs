namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>A bucket gets back what had not refilled when it was last charged. What had is not given back a second time, or calls that end late would let any number through at once.</summary>
internal static class BucketRefundCheck
{
    private const int Burst = 10;

    public static async Task RunAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterDemand demand = subject.Demand("late", CounterLimit.Create(LimitAlgorithm.TokenBucket, Burst, TimeSpan.FromMinutes(1)));
        var running = new List<CounterReservation>();
        for (int minute = 0; minute < 5; minute++)
        {
            subject.Advance!(TimeSpan.FromMinutes(1));
            for (int i = 0; i < Burst; i++)
            {
                running.Add(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false));
                Expect.Reserved(running[^1], "as many as it refills, each minute");
            }
        }

        int admitted = 0;
        foreach (CounterReservation reservation in running)
        {
            await subject.RefundAsync(reservation, cancellationToken, demand).ConfigureAwait(false);
            admitted += (await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false)).IsReserved ? 1 : 0;
        }

        Expect.That(admitted == Burst, FormattableString.Invariant($"{running.Count} calls of five minutes are given back at once: {admitted} new ones are admitted, and {Burst} fit"));
        await HalfAsync(subject, cancellationToken).ConfigureAwait(false);
    }

    private static async Task HalfAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterDemand demand = subject.Demand("half", CounterLimit.Create(LimitAlgorithm.TokenBucket, 60, TimeSpan.FromMinutes(1), burst: Burst));
        CounterReservation first = await subject.ReserveAsync(cancellationToken, demand with { Amount = Burst }).ConfigureAwait(false);
        Expect.Reserved(first, "all that it holds");
        subject.Advance!(TimeSpan.FromSeconds(4));
        Expect.Reserved(await subject.ReserveAsync(cancellationToken, demand with { Amount = 4 }).ConfigureAwait(false), "what has refilled");
        await subject.RefundAsync(first, cancellationToken, demand with { Amount = Burst }).ConfigureAwait(false);
        Expect.Refused(await subject.ReserveAsync(cancellationToken, demand with { Amount = Burst }).ConfigureAwait(false), 0, 6, "more than had not refilled");
        Expect.Reserved(await subject.ReserveAsync(cancellationToken, demand with { Amount = 6 }).ConfigureAwait(false), "what had not refilled");
    }
}
