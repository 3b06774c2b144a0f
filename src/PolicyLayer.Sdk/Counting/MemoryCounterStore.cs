using System.Buffers;

namespace PolicyLayer.Sdk.Counting;

/// <summary>Counters in memory, by the monotonic clock: setting the wall clock neither refills nor freezes a limit.</summary>
internal sealed class MemoryCounterStore(TimeProvider time, int maxCounters = MemoryCounterStore.DefaultMaxCounters) : ICounterStore
{
    /// <summary>So many live counters at most; beyond them new ones are refused, for forgetting one would refill it.</summary>
    public const int DefaultMaxCounters = 1_000_000;

    /// <summary>So few are kept even when idle: to make one anew allocates.</summary>
    private const int KeptAnyway = 1024;

    private readonly CounterTable _counters = new();
    private readonly Lock _adding = new();
    private int _nextRank;

    /// <summary>How many counters are alive.</summary>
    public int Count => _counters.Count;

    /// <summary>How many counters additions have looked at, to find idle ones.</summary>
    public long SweepSteps => _counters.Steps;

    public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => Answer(demands, charge: true, cancellationToken);

    public ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => Answer(demands, charge: false, cancellationToken);

    private ValueTask<CounterReservation> Answer(ReadOnlyMemory<CounterDemand> demands, bool charge, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (demands.Length <= FewCounters.Most)
        {
            var few = default(FewCounters);
            return new(Reserve(demands.Span, few[..demands.Length], charge));
        }

        CounterState[] counters = ArrayPool<CounterState>.Shared.Rent(demands.Length);
        try
        {
            return new(Reserve(demands.Span, counters.AsSpan(0, demands.Length), charge));
        }
        finally
        {
            ArrayPool<CounterState>.Shared.Return(counters, clearArray: true);
        }
    }

    public ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken)
    {
        var stamp = new CounterTime(reservation.Stamp, reservation.UtcTicks);
        foreach (ref readonly CounterDemand demand in demands.Span)
        {
            if (_counters.Find(demand.Key) is { } counter)
            {
                lock (counter)
                {
                    counter.Refund(stamp, demand.Amount);
                }
            }
        }

        return default;
    }

    private CounterReservation Reserve(ReadOnlySpan<CounterDemand> demands, Span<CounterState> counters, bool charge)
    {
        int locked = 0;
        try
        {
            do
            {
                Release(counters, ref locked);
                Find(demands, counters);
                Acquire(counters, ref locked);
            }
            while (AnyRetired(counters));

            Welcome(counters);

            // Read under the locks, so that what a counter records is never older than what it holds.
            return ReserveLocked(demands, counters, Now(demands, counters), charge);
        }
        catch
        {
            // By their keys: after a second attempt the span need not hold all that the first one made.
            foreach (ref readonly CounterDemand demand in demands)
            {
                Welcome(_counters.Find(demand.Key) is { } counter ? [counter] : []);
            }

            throw;
        }
        finally
        {
            Release(counters, ref locked);
        }
    }

    /// <summary>Ends the time in which a counter is kept though nothing is charged yet: a sweep now waits for its lock, and sees what was charged.</summary>
    private static void Welcome(ReadOnlySpan<CounterState> counters)
    {
        foreach (CounterState counter in counters)
        {
            if (counter.IsNew)
            {
                counter.IsNew = false;
            }
        }
    }

    /// <summary>Both clocks; the one for calendar windows is read only where a limit has one.</summary>
    private CounterTime Now(ReadOnlySpan<CounterDemand> demands, ReadOnlySpan<CounterState> counters)
    {
        long monotonic = time.GetTimestamp();
        foreach (CounterState counter in counters)
        {
            monotonic = Math.Max(monotonic, counter.LastStamp);
        }

        foreach (CounterDemand demand in demands)
        {
            if (demand.Limit.Algorithm == LimitAlgorithm.Fixed)
            {
                return new CounterTime(monotonic, time.GetUtcNow().UtcTicks);
            }
        }

        return new CounterTime(monotonic, 0);
    }

    private static CounterReservation ReserveLocked(ReadOnlySpan<CounterDemand> demands, ReadOnlySpan<CounterState> ranked, in CounterTime now, bool charge)
    {
        var unmet = default(UnmetDemands);
        for (int i = 0; i < demands.Length; i++)
        {
            unmet.Judge(i, demands[i], Of(demands[i].Key, ranked), now);
        }

        if (unmet.Any)
        {
            return unmet.ToReservation();
        }

        for (int i = 0; charge && i < demands.Length; i++)
        {
            if (demands[i].Charges)
            {
                Of(demands[i].Key, ranked).Add(now, demands[i].Amount);
            }
        }

        return CounterReservation.Reserved(stamp: now.Monotonic, utcTicks: now.Utc);
    }

    private void Find(ReadOnlySpan<CounterDemand> demands, Span<CounterState> counters)
    {
        for (int i = 0; i < demands.Length; i++)
        {
            counters[i] = _counters.Find(demands[i].Key) ?? Add(demands[i]);
        }

        // An insertion sort: there are few, and it allocates nothing.
        for (int i = 1; i < counters.Length; i++)
        {
            for (int j = i; j > 0 && counters[j].Rank < counters[j - 1].Rank; j--)
            {
                (counters[j], counters[j - 1]) = (counters[j - 1], counters[j]);
            }
        }
    }

    private CounterState Add(in CounterDemand demand)
    {
        lock (_adding)
        {
            if (_counters.Find(demand.Key) is { } counter)
            {
                return counter;
            }

            if (!HasRoom())
            {
                throw CounterStoreException.Full();
            }

            CounterState made = CounterState.For(demand.Limit, time.TimestampFrequency, demand.Key, _nextRank++);
            _counters.Add(made);
            return made;
        }
    }

    /// <summary>Takes out what a few steps find idle, and says whether one more counter may live.</summary>
    private bool HasRoom()
    {
        if (_counters.Count < Math.Min(KeptAnyway, maxCounters))
        {
            return true;
        }

        var now = new CounterTime(time.GetTimestamp(), time.GetUtcNow().UtcTicks);
        for (int step = 0; step < CounterTable.StepsWithRoom || (_counters.Count >= maxCounters && step < CounterTable.StepsAtBound); step++)
        {
            _counters.Sweep(now);
        }

        return _counters.Count < maxCounters;
    }

    private static CounterState Of(in CounterKey key, ReadOnlySpan<CounterState> counters)
    {
        foreach (CounterState counter in counters)
        {
            if (counter.Key == key)
            {
                return counter;
            }
        }

        throw new CounterStoreException("a counter is missing from its reservation");
    }

    private static void Acquire(ReadOnlySpan<CounterState> counters, ref int locked)
    {
        foreach (CounterState counter in counters)
        {
            Monitor.Enter(counter);
            locked++;
        }
    }

    private static void Release(ReadOnlySpan<CounterState> counters, ref int locked)
    {
        while (locked > 0)
        {
            Monitor.Exit(counters[--locked]);
        }
    }

    private static bool AnyRetired(ReadOnlySpan<CounterState> counters)
    {
        foreach (CounterState counter in counters)
        {
            if (counter.IsRetired)
            {
                return true;
            }
        }

        return false;
    }
}
