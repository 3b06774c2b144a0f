namespace PolicyLayer.Sdk.Testing.Model;

/// <summary>All counters of one run, one call after the other.</summary>
internal sealed class ReferenceStore
{
    private readonly Dictionary<CounterKey, ReferenceCounter> _counters = [];

    public CounterReservation Reserve(DateTimeOffset now, IReadOnlyList<CounterDemand> demands, bool charge)
    {
        int refused = -1;
        TimeSpan? wait = TimeSpan.Zero;
        for (int i = 0; i < demands.Count; i++)
        {
            CounterDemand demand = demands[i];
            if (Of(demand).Fits(now, demand.Amount, demand.Limit))
            {
                continue;
            }

            refused = refused < 0 ? i : refused;
            wait = Of(demand).Wait(now, demand.Amount, demand.Limit) is { } one && wait is { } others ? (one > others ? one : others) : null;
        }

        if (refused >= 0)
        {
            return CounterReservation.Refused(refused, Of(demands[refused]).Remaining(now, demands[refused].Limit), wait);
        }

        foreach (CounterDemand demand in demands.Where(demand => charge && demand.Charges))
        {
            Of(demand).Add(now, demand.Amount);
        }

        return CounterReservation.Reserved();
    }

    public void Refund(DateTimeOffset now, DateTimeOffset counted, IEnumerable<CounterDemand> demands)
    {
        foreach (CounterDemand demand in demands)
        {
            Of(demand).Refund(now, counted, demand.Amount);
        }
    }

    private ReferenceCounter Of(in CounterDemand demand)
    {
        if (!_counters.TryGetValue(demand.Key, out ReferenceCounter? counter))
        {
            counter = ReferenceCounter.For(demand.Limit);
            _counters[demand.Key] = counter;
        }

        return counter;
    }
}
