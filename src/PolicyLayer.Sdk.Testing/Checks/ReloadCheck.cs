namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>What is given back says what was charged: how a bucket refills, and how much it holds, says the limit in force.</summary>
internal static class ReloadCheck
{
    public static async Task RunAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        await SlowerAsync(subject, cancellationToken).ConfigureAwait(false);
        await LargerAsync(subject, cancellationToken).ConfigureAwait(false);
        await HadAsync(subject, Demand(subject, "faster", max: 60, burst: 10), Demand(subject, "faster", max: 600, burst: 10), cancellationToken).ConfigureAwait(false);
        await HadAsync(subject, Demand(subject, "smaller", max: 60, burst: 20), Demand(subject, "smaller", max: 60, burst: 10), cancellationToken).ConfigureAwait(false);
    }

    private static async Task SlowerAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterDemand fast = Demand(subject, "slower", max: 6_000, burst: 100);
        CounterDemand slow = Demand(subject, "slower", max: 1, burst: 100);
        CounterReservation running = await subject.ReserveAsync(cancellationToken, fast).ConfigureAwait(false);
        Expect.Reserved(running, "one of a hundred");
        Expect.Reserved(await subject.ReserveAsync(cancellationToken, fast with { Amount = 99 }).ConfigureAwait(false), "the rest of them");
        Expect.Refused(await subject.ReserveAsync(cancellationToken, slow).ConfigureAwait(false), 0, 0, "an empty bucket that is slower by now");
        subject.Advance!(TimeSpan.FromSeconds(1));
        await subject.RefundAsync(running, cancellationToken, fast).ConfigureAwait(false);
        Expect.Reserved(await subject.ReserveAsync(cancellationToken, slow).ConfigureAwait(false), "what came back to a bucket that is slower by now");
        Expect.Refused(await subject.ReserveAsync(cancellationToken, slow).ConfigureAwait(false), 0, 0.016666m, "more than came back");
    }

    private static async Task LargerAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterDemand small = Demand(subject, "larger", max: 60, burst: 10) with { Amount = 10 };
        CounterDemand large = Demand(subject, "larger", max: 60, burst: 100);
        CounterReservation running = await subject.ReserveAsync(cancellationToken, small).ConfigureAwait(false);
        Expect.Reserved(running, "all ten");
        Expect.Refused(await subject.ReserveAsync(cancellationToken, large).ConfigureAwait(false), 0, 0, "an empty bucket that is larger by now");
        subject.Advance!(TimeSpan.FromSeconds(5));
        await subject.RefundAsync(running, cancellationToken, small).ConfigureAwait(false);
        Expect.Reserved(await subject.ReserveAsync(cancellationToken, Demand(subject, "another", max: 1, burst: 1)).ConfigureAwait(false), "another one, for which full ones may be forgotten");
        Expect.Reserved(await subject.ReserveAsync(cancellationToken, large with { Amount = 15 }).ConfigureAwait(false), "what came back, and what has refilled, in a bucket that is larger by now");
        Expect.Refused(await subject.ReserveAsync(cancellationToken, large).ConfigureAwait(false), 0, 0, "more than that");
    }

    /// <summary>A bucket that was full when it was last charged, though not by the limit of a call before, has had what that took.</summary>
    private static async Task HadAsync(CounterStoreSubject subject, CounterDemand before, CounterDemand after, CancellationToken cancellationToken)
    {
        CounterReservation running = await subject.ReserveAsync(cancellationToken, before with { Amount = 10 }).ConfigureAwait(false);
        Expect.Reserved(running, "ten");
        subject.Advance!(TimeSpan.FromSeconds(1));
        CounterReservation all = await subject.ReserveAsync(cancellationToken, after with { Amount = 10 }).ConfigureAwait(false);
        Expect.Reserved(all, "ten, which is all by now");
        await subject.RefundAsync(running, cancellationToken, before with { Amount = 10 }).ConfigureAwait(false);
        Expect.Refused(await subject.ReserveAsync(cancellationToken, after).ConfigureAwait(false), 0, 0, "what was taken before a bucket became faster or smaller");
        await subject.RefundAsync(all, cancellationToken, after with { Amount = 10 }).ConfigureAwait(false);
        Expect.Reserved(await subject.ReserveAsync(cancellationToken, after with { Amount = 10 }).ConfigureAwait(false), "what was taken since then");
    }

    private static CounterDemand Demand(CounterStoreSubject subject, string counter, decimal max, decimal burst) =>
        subject.Demand(counter, CounterLimit.Create(LimitAlgorithm.TokenBucket, max, TimeSpan.FromMinutes(1), burst: burst));
}
