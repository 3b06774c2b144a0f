using System.Buffers;
using System.Collections.Concurrent;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting;

/// <summary>Counters in memory, by the monotonic clock: setting the wall clock neither refills nor freezes a limit.</summary>
internal sealed class MemoryCounterStore(TimeProvider time, int maxCounters = MemoryCounterStore.DefaultMaxCounters) : ICounterStore
{
    /// <summary>So many live counters at most; beyond them new ones are refused, for forgetting one would refill it.</summary>
    public const int DefaultMaxCounters = 1_000_000;

    private readonly ConcurrentDictionary<CounterKey, MemoryCounter> _counters = new();
    private readonly Lock _adding = new();
    private long _nextRank;
    private int _sweepAt = 1024;

    /// <summary>How many counters are alive.</summary>
    public int Count => _counters.Count;

    public ValueTask<ReservationResult> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => Answer(demands, charge: true, cancellationToken);

    public ValueTask<ReservationResult> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => Answer(demands, charge: false, cancellationToken);

    private ValueTask<ReservationResult> Answer(ReadOnlyMemory<CounterDemand> demands, bool charge, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MemoryCounter[] counters = ArrayPool<MemoryCounter>.Shared.Rent(demands.Length);
        try
        {
            return new(Reserve(demands.Span, counters.AsSpan(0, demands.Length), charge));
        }
        finally
        {
            ArrayPool<MemoryCounter>.Shared.Return(counters, clearArray: true);
        }
    }

    public ValueTask RefundAsync(CounterDemand demand, CounterTime stamp, CancellationToken cancellationToken)
    {
        if (_counters.TryGetValue(demand.Key, out MemoryCounter? counter))
        {
            lock (counter)
            {
                counter.State.Refund(stamp, demand.Amount);
            }
        }

        return default;
    }

    private ReservationResult Reserve(ReadOnlySpan<CounterDemand> demands, Span<MemoryCounter> counters, bool charge)
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

            // Read under the locks, so that what a counter records is never older than what it holds.
            return ReserveLocked(demands, counters, Now(demands, counters), charge);
        }
        finally
        {
            Release(counters, ref locked);
        }
    }

    /// <summary>Both clocks; the one for calendar windows is read only where a limit has one.</summary>
    private CounterTime Now(ReadOnlySpan<CounterDemand> demands, ReadOnlySpan<MemoryCounter> counters)
    {
        long monotonic = time.GetTimestamp();
        foreach (MemoryCounter counter in counters)
        {
            monotonic = Math.Max(monotonic, counter.State.LastStamp);
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

    private static ReservationResult ReserveLocked(ReadOnlySpan<CounterDemand> demands, ReadOnlySpan<MemoryCounter> ranked, in CounterTime now, bool charge)
    {
        int refused = -1;
        decimal remaining = 0;
        TimeSpan? wait = TimeSpan.Zero;
        for (int i = 0; i < demands.Length; i++)
        {
            ref readonly CounterDemand demand = ref demands[i];
            CounterState state = Of(demand.Key, ranked).State;
            state.Advance(now);
            if (state.Fits(demand.Amount, demand.Limit))
            {
                continue;
            }

            if (refused < 0)
            {
                refused = i;
                remaining = state.Remaining(demand.Limit);
            }

            wait = state.WaitFor(now, demand.Amount, demand.Limit) is { } one && wait is { } others ? (one > others ? one : others) : null;
        }

        if (refused >= 0)
        {
            return new ReservationResult(refused, remaining, wait, now);
        }

        for (int i = 0; charge && i < demands.Length; i++)
        {
            if (demands[i].Charges)
            {
                Of(demands[i].Key, ranked).State.Add(now, demands[i].Amount);
            }
        }

        return ReservationResult.Reserved(now);
    }

    private void Find(ReadOnlySpan<CounterDemand> demands, Span<MemoryCounter> counters)
    {
        for (int i = 0; i < demands.Length; i++)
        {
            counters[i] = _counters.TryGetValue(demands[i].Key, out MemoryCounter? counter) ? counter : Add(demands[i]);
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

    private MemoryCounter Add(in CounterDemand demand)
    {
        lock (_adding)
        {
            if (_counters.TryGetValue(demand.Key, out MemoryCounter? counter))
            {
                return counter;
            }

            if (_counters.Count >= Math.Min(_sweepAt, maxCounters))
            {
                Sweep();
                _sweepAt = Math.Max(1024, _counters.Count * 2);
            }

            if (_counters.Count >= maxCounters)
            {
                throw new CounterStoreException("the store holds as many live counters as it may");
            }

            counter = new MemoryCounter(demand.Key, _nextRank++, CounterState.For(demand.Limit, time.TimestampFrequency));
            _counters[demand.Key] = counter;
            return counter;
        }
    }

    /// <summary>Takes out the counters that would count the same if made anew.</summary>
    private void Sweep()
    {
        var now = new CounterTime(time.GetTimestamp(), time.GetUtcNow().UtcTicks);
        foreach (MemoryCounter counter in _counters.Values)
        {
            lock (counter)
            {
                counter.State.Advance(now);
                if (counter.State.IsIdle)
                {
                    counter.IsRetired = true;
                    _counters.TryRemove(counter.Key, out _);
                }
            }
        }
    }

    private static MemoryCounter Of(in CounterKey key, ReadOnlySpan<MemoryCounter> counters)
    {
        foreach (MemoryCounter counter in counters)
        {
            if (counter.Key == key)
            {
                return counter;
            }
        }

        throw new CounterStoreException("a counter is missing from its reservation");
    }

    private static void Acquire(ReadOnlySpan<MemoryCounter> counters, ref int locked)
    {
        foreach (MemoryCounter counter in counters)
        {
            Monitor.Enter(counter);
            locked++;
        }
    }

    private static void Release(ReadOnlySpan<MemoryCounter> counters, ref int locked)
    {
        while (locked > 0)
        {
            Monitor.Exit(counters[--locked]);
        }
    }

    private static bool AnyRetired(ReadOnlySpan<MemoryCounter> counters)
    {
        foreach (MemoryCounter counter in counters)
        {
            if (counter.IsRetired)
            {
                return true;
            }
        }

        return false;
    }
}
