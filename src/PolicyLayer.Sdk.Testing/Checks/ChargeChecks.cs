namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>What is charged, to which counter, and how exactly.</summary>
internal static class ChargeChecks
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(10_000);

    private static readonly string[] Separators = [":", "\0", "|", "/", ",", ".", " ", "\n", "\u001F"];

    /// <summary>Parts that a store may take for others, or may not be able to hold.</summary>
    private static readonly string[] OddParts = ["", "a", "A", "a:b", "b", ":", "a\0b", "\0", "a b", "\"", "\\", "{a}", "ä", "a\u0308", "\U0001F600", "%", "'; --", new('x', 300), new('x', 301)];

    public static async Task RefusalChargesNothingAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterDemand room = subject.Demand("room", CounterLimit.Create(LimitAlgorithm.Sliding, 10, Long), 3);
        CounterDemand spent = subject.Demand("spent", CounterLimit.Create(LimitAlgorithm.Fixed, 0, Long));
        Expect.Refused(await subject.ReserveAsync(cancellationToken, room, spent).ConfigureAwait(false), 1, 0, "a limit of 0, asked second");
        Expect.Refused(await subject.ReserveAsync(cancellationToken, spent, room).ConfigureAwait(false), 0, 0, "a limit of 0, asked first");
        Expect.Refused(await subject.PeekAsync(cancellationToken, room with { Amount = 11 }).ConfigureAwait(false), 0, 10, "the other limit of a refused call");
    }

    public static async Task PeekChargesNothingAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        foreach (LimitAlgorithm algorithm in Enum.GetValues<LimitAlgorithm>())
        {
            CounterDemand demand = subject.Demand(algorithm.ToString(), CounterLimit.Create(algorithm, 1, Long));
            for (int i = 0; i < 3; i++)
            {
                Expect.Reserved(await subject.PeekAsync(cancellationToken, demand).ConfigureAwait(false), $"{algorithm}: a look");
            }

            Expect.Reserved(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), $"{algorithm}: the call after it");
            Expect.Refused(await subject.PeekAsync(cancellationToken, demand).ConfigureAwait(false), 0, 0, $"{algorithm}: a look at what is spent");
        }
    }

    public static async Task AmountsAreExactAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        foreach (LimitAlgorithm algorithm in new[] { LimitAlgorithm.Sliding, LimitAlgorithm.Fixed, LimitAlgorithm.TokenBucket })
        {
            CounterLimit one = CounterLimit.Create(algorithm, 1, Long);
            for (int i = 0; i < 10; i++)
            {
                Expect.Reserved(await subject.ReserveAsync(cancellationToken, subject.Demand(algorithm + "1", one, 0.1m)).ConfigureAwait(false), $"{algorithm}: a tenth of 1");
            }

            Expect.Refused(await subject.ReserveAsync(cancellationToken, subject.Demand(algorithm + "1", one, 0.000001m)).ConfigureAwait(false), 0, 0, $"{algorithm}: ten tenths and a millionth of 1");

            // A bucket holds no more than 10^12 (policy format, section 5).
            decimal large = algorithm == LimitAlgorithm.TokenBucket ? 1_000_000_000_000m : 1_000_000_000_000_000_000m;
            CounterLimit most = CounterLimit.Create(algorithm, large, Long, burst: large);
            CounterDemand nearly = subject.Demand(algorithm + "2", most, large - 0.000001m);
            Expect.Reserved(await subject.ReserveAsync(cancellationToken, nearly).ConfigureAwait(false), $"{algorithm}: a millionth less than the most");
            if (algorithm != LimitAlgorithm.TokenBucket)
            {
                Expect.Refused(await subject.PeekAsync(cancellationToken, nearly).ConfigureAwait(false), 0, 0.000001m, $"{algorithm}: the same again");
                Expect.Reserved(await subject.ReserveAsync(cancellationToken, nearly with { Amount = 0.000001m }).ConfigureAwait(false), $"{algorithm}: the last millionth");
                Expect.Refused(await subject.ReserveAsync(cancellationToken, nearly with { Amount = 0.000001m }).ConfigureAwait(false), 0, 0, $"{algorithm}: a millionth more");
            }
        }
    }

    public static async Task KeysAreKeptApartAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterLimit once = CounterLimit.Create(LimitAlgorithm.Sliding, 1, Long);
        IEnumerable<CounterKey> odd = OddParts.SelectMany(part => new CounterKey[] { new(subject.Policy, "c", part), new(subject.Policy + part, "p", "s"), new(subject.Policy, "c" + part, "s") });
        IEnumerable<CounterKey> joined = Separators.SelectMany(with => new CounterKey[]
        {
            new(subject.Policy, "x", $"y{with}z"), new(subject.Policy, $"x{with}y", "z"), new($"{subject.Policy}{with}x", "y", "z"),
        });
        CounterDemand[] all = [.. odd.Concat(joined).Distinct().Select(key => new CounterDemand(key, once, 1, Charges: true))];
        foreach (CounterDemand demand in all)
        {
            Expect.Reserved(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), "a counter that nobody has used");
        }

        foreach (CounterDemand demand in all)
        {
            Expect.Refused(await subject.ReserveAsync(cancellationToken, demand).ConfigureAwait(false), 0, 0, "a counter that is used");
        }
    }

    public static async Task CancelledCallEndsAsync(CounterStoreSubject subject, CancellationToken cancellationToken)
    {
        CounterDemand demand = subject.Demand("c", CounterLimit.Create(LimitAlgorithm.Sliding, 1, Long));
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await cancelled.CancelAsync().ConfigureAwait(false);
        try
        {
            await subject.ReserveAsync(cancelled.Token, demand).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }

        throw new StoreContractException("a cancelled call must end with an OperationCanceledException, and was answered");
    }
}
