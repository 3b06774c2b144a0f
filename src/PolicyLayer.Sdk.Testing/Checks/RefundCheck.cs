namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>What is given back late frees the window that was charged, and no later one.</summary>
internal static class RefundCheck
{
    public static async Task RunAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        foreach (LimitAlgorithm algorithm in new[] { LimitAlgorithm.Sliding, LimitAlgorithm.Fixed })
        {
            CounterDemand demand = subject.Demand(algorithm.ToString(), CounterLimit.Create(algorithm, 2, TimeSpan.FromMinutes(1)));
            CounterReservation first = await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false);
            Expect.Reserved(first, $"{algorithm}: the first of two");
            subject.Advance!(TimeSpan.FromMinutes(1));
            CounterReservation[] later = [await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false)];
            Array.ForEach(later, answer => Expect.Reserved(answer, $"{algorithm}: two in the next window"));
            await subject.RefundAsync(first, cancellationToken, demand).ConfigureAwait(false);
            Expect.Refused(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), 0, 0, $"{algorithm}: a third, once a place of the window before came back");
            await subject.RefundAsync(later[0], cancellationToken, demand).ConfigureAwait(false);
            Expect.Reserved(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), $"{algorithm}: a third, once a place of this window came back");
        }
    }
}
