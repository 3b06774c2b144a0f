using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Sdk.Sqlite.Counting;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>Some questions, answered one after the other on counters that nobody else changes meanwhile, and written together.</summary>
/// <param name="file">The file, which is being written.</param>
/// <param name="time">The clock of the day: what processes of one machine have in common.</param>
/// <param name="lease">How long a host's places outlive it.</param>
/// <param name="maxCounters">How many counters there may be.</param>
internal sealed class Transaction(StateFile file, TimeProvider time, TimeSpan lease, int maxCounters)
{
    private const int SweptForEach = 4;

    private readonly Dictionary<string, Counter> _counters = new(StringComparer.Ordinal);
    private HostRegister? _hosts;

    public CounterReservation Reserve(ReadOnlySpan<CounterDemand> demands, Guid host, bool charge)
    {
        CounterTime now = Now(demands, host);
        int refused = -1;
        decimal remaining = 0;
        TimeSpan? wait = TimeSpan.Zero;
        for (int i = 0; i < demands.Length; i++)
        {
            CounterDemand demand = demands[i];
            CounterState state = Of(demand).State;
            state.Advance(now);
            if (!state.Fits(demand.Amount, demand.Limit))
            {
                remaining = refused < 0 ? state.Remaining(demand.Limit) : remaining;
                refused = refused < 0 ? i : refused;
                wait = state.WaitFor(now, demand.Amount, demand.Limit) is { } one && wait is { } others ? (one > others ? one : others) : null;
            }
        }

        if (refused >= 0)
        {
            return CounterReservation.Refused(refused, remaining, wait);
        }

        if (charge)
        {
            Charge(demands, host, now);
        }

        return CounterReservation.Reserved(host, now.Monotonic, now.Utc);
    }

    public void Refund(in CounterReservation reservation, ReadOnlySpan<CounterDemand> demands)
    {
        CounterTime now = Now(demands, reservation.Id);
        foreach (CounterDemand demand in demands)
        {
            Counter counter = Of(demand);
            counter.State.Advance(now);
            counter.State.Refund(new CounterTime(reservation.Stamp, reservation.UtcTicks), demand.Amount);
            counter.IsChanged = true;
        }
    }

    public void Renew(IReadOnlyList<Guid> hosts)
    {
        long until = time.GetUtcNow().UtcTicks + lease.Ticks;
        foreach (Guid host in hosts)
        {
            file.Hosts.Renew(host, until);
        }
    }

    /// <summary>Writes what has changed.</summary>
    public void Save()
    {
        long now = time.GetUtcNow().UtcTicks;
        foreach ((string key, Counter counter) in _counters)
        {
            if (!counter.IsChanged)
            {
                continue;
            }

            if (counter.State.IsIdle)
            {
                file.Delete(key);
                continue;
            }

            if (counter.IsNew)
            {
                file.Sweep(now, SweptForEach);
            }

            using var buffer = new MemoryStream();
            using var writer = new BinaryWriter(buffer);
            counter.State.Save(writer);
            writer.Flush();
            file.Save(key, buffer.ToArray(), counter.State.IdleAt);
        }
    }

    private void Charge(ReadOnlySpan<CounterDemand> demands, Guid host, in CounterTime now)
    {
        RefuseBeyondBound(demands, now);
        foreach (CounterDemand demand in demands)
        {
            if (demand.Charges)
            {
                Counter counter = Of(demand);
                counter.State.Add(now, demand.Amount);
                counter.IsChanged = true;
            }
        }

        if (host != Guid.Empty)
        {
            file.Hosts.Keep(host, now.Utc + lease.Ticks);
        }
    }

    private void RefuseBeyondBound(ReadOnlySpan<CounterDemand> demands, in CounterTime now)
    {
        int added = 0;
        foreach (CounterDemand demand in demands)
        {
            added += Of(demand) is { IsNew: true, IsChanged: false } ? 1 : 0;
        }

        if (added == 0)
        {
            return;
        }

        added += _counters.Values.Count(static counter => counter is { IsNew: true, IsChanged: true });
        if (file.Count + added > maxCounters)
        {
            file.Sweep(now.Utc, maxCounters);
            if (file.Count + added > maxCounters)
            {
                throw new CounterStoreException("the store holds as many live counters as it may") { IsFull = true };
            }
        }
    }

    /// <summary>The time of day, never before what a counter has recorded: setting the clock back refills nothing.</summary>
    private CounterTime Now(ReadOnlySpan<CounterDemand> demands, Guid host)
    {
        long now = time.GetUtcNow().UtcTicks;
        if (host != Guid.Empty)
        {
            Hosts(now).Add(host);
            _hosts!.Asking = host;
        }

        long monotonic = now;
        foreach (CounterDemand demand in demands)
        {
            monotonic = Math.Max(monotonic, Of(demand).State.LastStamp);
        }

        return new CounterTime(monotonic, now);
    }

    private Counter Of(in CounterDemand demand)
    {
        string key = SharedKey.Of(demand);
        if (_counters.TryGetValue(key, out Counter? counter))
        {
            return counter;
        }

        CounterState state = demand.Limit.Algorithm == LimitAlgorithm.Concurrent
            ? new LeasedCalls(Hosts(time.GetUtcNow().UtcTicks))
            : CounterState.For(demand.Limit, TimeSpan.TicksPerSecond);
        byte[]? saved = file.Find(key);
        if (saved is not null)
        {
            using var reader = new BinaryReader(new MemoryStream(saved));
            state.Load(reader);
        }

        counter = new Counter(state) { IsNew = saved is null };
        _counters.Add(key, counter);
        return counter;
    }

    private HostRegister Hosts(long now) => _hosts ??= new HostRegister(file.Hosts.Alive(now));

    private sealed class Counter(CounterState state)
    {
        public CounterState State { get; } = state;

        public bool IsNew { get; init; }

        public bool IsChanged { get; set; }
    }
}
