namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>A few counters of random limits, and random calls that ask them.</summary>
internal sealed class GeneratedDemands
{
    private static readonly decimal[] Maxima = [0, 1, 2, 3, 5, 0.5m, 2.75m];
    private static readonly decimal[] Amounts = [0, 1, 1, 1, 1, 2, 0.5m, 0.000001m, 4];

    private readonly CounterStoreSubject _subject;
    private readonly (string Counter, CounterLimit[] Limits)[] _counters;

    private GeneratedDemands(CounterStoreSubject subject, (string Counter, CounterLimit[] Limits)[] counters)
    {
        _subject = subject;
        _counters = counters;
    }

    public static GeneratedDemands Create(CounterStoreSubject subject, IReadOnlyList<LimitAlgorithm> algorithms, int seed)
    {
        var random = new Random(-seed);
        return new GeneratedDemands(subject, [.. Enumerable.Range(0, 4).Select(i => (FormattableString.Invariant($"{seed}.{i}"), Limits(algorithms[random.Next(algorithms.Count)])))]);

        // Limits that share a counter differ in their maximum alone, and a bucket's is the bucket itself.
        CounterLimit[] Limits(LimitAlgorithm algorithm)
        {
            TimeSpan window = subject.Clock is null ? TimeSpan.FromDays(10_000) : TimeSpan.FromSeconds(1 + random.Next(60));
            CalendarUnit unit = subject.Clock is not null && algorithm == LimitAlgorithm.Fixed && random.Next(4) == 0 ? CalendarUnit.Month : CalendarUnit.FromEpoch;
            decimal? burst = random.Next(2) == 0 ? null : 3;
            if (algorithm == LimitAlgorithm.TokenBucket && subject.Clock is null)
            {
                // Time passes, and the model does not see it: only a bucket that does not refill holds the same with both.
                return [CounterLimit.Create(algorithm, 0, window, unit, burst ?? 2.75m)];
            }

            int count = algorithm != LimitAlgorithm.TokenBucket && random.Next(3) == 0 ? 2 : 1;
            return [.. Enumerable.Range(0, count).Select(_ => CounterLimit.Create(algorithm, Whole(algorithm, Maxima[random.Next(Maxima.Length)]), window, unit, burst))];
        }
    }

    /// <summary>What one call asks: up to three counters, each once.</summary>
    public CounterDemand[] Next(Random random)
    {
        (string Counter, CounterLimit[] Limits)[] asked = [.. _counters];
        random.Shuffle(asked);
        return [.. asked.Take(1 + random.Next(3)).SelectMany(one =>
        {
            decimal amount = one.Limits[0].Algorithm == LimitAlgorithm.Concurrent ? 1 : Amounts[random.Next(Amounts.Length)];
            return one.Limits.Select((limit, index) => _subject.Demand(one.Counter, limit, amount, charges: index == 0));
        })];
    }

    private static decimal Whole(LimitAlgorithm algorithm, decimal max) => algorithm == LimitAlgorithm.Concurrent ? decimal.Floor(max) : max;
}
