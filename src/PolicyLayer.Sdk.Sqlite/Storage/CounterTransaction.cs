using PolicyLayer.Sdk.Counting;
using PolicyLayer.Sdk.Counting.Counters;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Sdk.Sqlite.Counting;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>Some questions, answered one after the other on counters that nobody else changes meanwhile, and written together.</summary>
/// <param name="file">The file, which is being written.</param>
/// <param name="time">The clock of the day: what processes of one machine have in common.</param>
/// <param name="lease">How long a host's places outlive it.</param>
/// <param name="maxCounters">How many counters there may be.</param>
internal sealed class CounterTransaction(StateFile file, TimeProvider time, TimeSpan lease, int maxCounters) : ITransaction
{
    private const int SweptForEach = 4;

    /// <summary>An eighth of what is left.</summary>
    private const int ReserveShare = 8;

    private readonly Dictionary<string, Counter> _counters = new(StringComparer.Ordinal);
    private HostRegister? _hosts;

    public CounterReservation Reserve(ReadOnlySpan<CounterDemand> demands, Guid host, bool charge)
    {
        Counter[] counters = Find(demands);
        CounterTime now = Now(counters, host);
        var unmet = default(UnmetDemands);
        for (int i = 0; i < demands.Length; i++)
        {
            unmet.Judge(i, demands[i], counters[i].State, now);

            // A bucket that refills more slowly than when it was written counts for longer, also when nothing is taken.
            counters[i].IsChanged |= !counters[i].IsNew && counters[i].State.IdleAt > counters[i].SavedIdle;
        }

        if (unmet.Any)
        {
            return unmet.ToReservation();
        }

        if (charge)
        {
            Charge(demands, counters, host, now);
        }

        return CounterReservation.Reserved(host, now.Monotonic, now.Utc);
    }

    public void Refund(in CounterReservation reservation, ReadOnlySpan<CounterDemand> demands)
    {
        Counter[] counters = Find(demands);
        CounterTime now = Now(counters, reservation.Id);
        for (int i = 0; i < demands.Length; i++)
        {
            // A bucket refills as the limit says that is in force, and not as the one did that was charged.
            if (demands[i].Limit.Algorithm != LimitAlgorithm.TokenBucket)
            {
                counters[i].State.Advance(now);
            }

            counters[i].State.Refund(new CounterTime(reservation.Stamp, reservation.UtcTicks), Millionths.Of(demands[i].Amount), demands[i].Limit);
            counters[i].IsChanged = true;
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

    /// <inheritdoc/>
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
                file.Counters.Delete(key);
                continue;
            }

            if (counter.IsNew)
            {
                file.Counters.Sweep(now, SweptForEach);
            }

            Save(key, counter, now);
        }
    }

    /// <summary>Until when a counter counts is written with some reserve once it is busy, so that most calls need not write it again.</summary>
    private void Save(string key, Counter counter, long now)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        counter.State.Save(writer);
        writer.Flush();
        ReadOnlySpan<byte> state = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        long idle = counter.State.IdleAt;
        if (idle <= counter.SavedIdle)
        {
            file.Counters.Change(key, state, counter.SavedIdle);
        }
        else
        {
            Int128 reserve = counter.IsNew ? 0 : ((Int128)idle - now) / ReserveShare;
            file.Counters.Save(key, state, (long)Int128.Clamp(idle + reserve, idle, long.MaxValue));
        }
    }

    private void Charge(ReadOnlySpan<CounterDemand> demands, Counter[] counters, Guid host, in CounterTime now)
    {
        RefuseBeyondBound(counters, now);
        for (int i = 0; i < demands.Length; i++)
        {
            if (demands[i].Charges)
            {
                // What has left a window is not written again.
                counters[i].State.Advance(now);
                counters[i].State.Add(now, Millionths.Of(demands[i].Amount));
                counters[i].IsChanged = true;
            }
        }

        if (host != Guid.Empty)
        {
            file.Hosts.Keep(host, now.Utc + lease.Ticks);
        }
    }

    private void RefuseBeyondBound(Counter[] counters, in CounterTime now)
    {
        int added = counters.Distinct().Count(static counter => counter is { IsNew: true, IsChanged: false });
        if (added == 0)
        {
            return;
        }

        added += _counters.Values.Count(static counter => counter is { IsNew: true, IsChanged: true });
        if (file.Counters.Count + added > maxCounters)
        {
            Hosts(now.Utc);
            file.Counters.Sweep(now.Utc, maxCounters);
            if (file.Counters.Count + added > maxCounters)
            {
                throw CounterStoreException.Full();
            }
        }
    }

    /// <summary>The time of day, never before what a counter has recorded: setting the clock back refills nothing.</summary>
    private CounterTime Now(Counter[] counters, Guid host)
    {
        long now = time.GetUtcNow().UtcTicks;
        if (host != Guid.Empty)
        {
            Hosts(now).Add(host);
            _hosts!.Asking = host;
        }

        return new CounterTime(Math.Max(now, counters.Max(static counter => counter.State.LastStamp)), now);
    }

    private Counter[] Find(ReadOnlySpan<CounterDemand> demands)
    {
        var counters = new Counter[demands.Length];
        for (int i = 0; i < counters.Length; i++)
        {
            counters[i] = Find(demands[i]);
        }

        return counters;
    }

    private Counter Find(in CounterDemand demand)
    {
        string key = SharedKey.Of(demand);
        if (_counters.TryGetValue(key, out Counter? counter))
        {
            return counter;
        }

        SavableCounter state = demand.Limit.Algorithm == LimitAlgorithm.Concurrent
            ? new LeasedCalls(Hosts(time.GetUtcNow().UtcTicks))
            : SavableCounter.For(demand.Limit.KindOf(demand.Key.Policy, demand.Key.Counter, TimeSpan.TicksPerSecond));
        byte[]? saved = file.Counters.Find(key, out long idle);
        if (saved is not null)
        {
            Load(state, saved);
        }

        counter = new Counter(state) { IsNew = saved is null, SavedIdle = idle };
        _counters.Add(key, counter);
        return counter;
    }

    private static void Load(SavableCounter state, byte[] saved)
    {
        using var reader = new BinaryReader(new MemoryStream(saved));
        state.Load(reader);
    }

    /// <summary>The hosts, looked up before any place is; with those whose lease has lapsed go the counters that nobody else is at.</summary>
    private HostRegister Hosts(long now)
    {
        if (_hosts is null)
        {
            _hosts = new HostRegister(file.Hosts.Alive(now, out bool haveLapsed));
            if (haveLapsed)
            {
                TakeOutLapsed(_hosts);
            }
        }

        return _hosts;
    }

    /// <summary>Their keys, such as a session's, may never be asked for again.</summary>
    private void TakeOutLapsed(HostRegister hosts)
    {
        foreach ((string key, byte[] saved) in file.Counters.EndingAt(LeasedCalls.GoesWithHosts))
        {
            var calls = new LeasedCalls(hosts);
            Load(calls, saved);
            calls.Advance(default);
            if (calls.IsIdle)
            {
                file.Counters.Delete(key);
            }
        }
    }

    private sealed class Counter(SavableCounter state)
    {
        public SavableCounter State { get; } = state;

        public bool IsNew { get; init; }

        /// <summary>Until when it counts, as the file says; 0 of one that is not there.</summary>
        public long SavedIdle { get; init; }

        public bool IsChanged { get; set; }
    }
}
