using System.Runtime.CompilerServices;
using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>What most calls ask: a limit or a few, all of one scope and so in one shard, on counters that are there.</summary>
/// <remarks>Compiled by itself, for what is made of a whole decision is too large to be made well.</remarks>
internal sealed class FewLimits(CounterClock clock, CounterShards shards, CounterFinder finder)
{
    /// <summary>Answers one limit, if its counter is there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryReserve(in CounterDemand demand, bool charge, out CounterReservation answer)
    {
        int scopeHash = demand.Key.Scope.GetHashCode(StringComparison.Ordinal);
        CounterTime now = clock.Now(demand.Limit);
        CounterShard shard = shards.Of(scopeHash);
        shard.Enter();
        try
        {
            if (finder.Find(shard, demand, scopeHash) is not { } counter)
            {
                answer = default;
                return false;
            }

            now = now with { Monotonic = shard.Pass(now.Monotonic) };
            counter.Follow(demand);
            Int128 amount = Millionths.Of(demand.Amount);
            bool fits = charge && demand.Charges ? counter.TryAdd(now, amount, demand.Limit) : counter.Admits(now, amount, demand.Limit);
            answer = fits ? CounterReservation.Reserved(stamp: now.Monotonic, utcTicks: now.Utc) : Refused(demand.Limit, counter, now, amount);
            return true;
        }
        finally
        {
            shard.Exit();
        }
    }

    /// <summary>Answers a few limits, if all of them have one scope and are there.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool TryReserve(ReadOnlySpan<CounterDemand> demands, bool charge, out CounterReservation answer)
    {
        answer = default;
        if (demands.Length > FoundCounters.Most || !HaveOneScope(demands))
        {
            return false;
        }

        int scopeHash = demands[0].Key.Scope.GetHashCode(StringComparison.Ordinal);
        CounterShard shard = shards.Of(scopeHash);
        CounterTime now = clock.Now(demands);
        var counters = default(FoundCounters);
        shard.Enter();
        try
        {
            for (int i = 0; i < demands.Length; i++)
            {
                // All are looked for before any is judged, so that the processor fetches them at the same time.
                if (finder.Find(shard, demands[i], scopeHash) is not { } counter)
                {
                    return false;
                }

                counters[i].State = counter;
            }

            now = now with { Monotonic = shard.Pass(now.Monotonic) };
            answer = AllOrNone.Reserve(demands, counters, now, charge);
            return true;
        }
        finally
        {
            shard.Exit();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CounterReservation Refused(CounterLimit limit, CounterState counter, in CounterTime now, Int128 amount) =>
        CounterReservation.Refused(0, Millionths.ToDecimal(counter.Remaining(limit)), counter.WaitFor(now, amount, limit));

    private static bool HaveOneScope(ReadOnlySpan<CounterDemand> demands)
    {
        for (int i = 1; i < demands.Length; i++)
        {
            if (!ReferenceEquals(demands[i].Key.Scope, demands[0].Key.Scope))
            {
                return false;
            }
        }

        return !demands.IsEmpty;
    }
}
