using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>Finds the counters of demands in the shards that they lie in, and makes those that are missing. Whoever asks holds the locks.</summary>
/// <param name="frequency">How many ticks of the clock that only runs on are a second.</param>
internal sealed class CounterFinder(long frequency)
{
    /// <summary>Hashes the scopes, and says in which shards they lie. Most limits of a call have one scope, which is hashed once, and one shard.</summary>
    public static ulong Hash(ReadOnlySpan<CounterDemand> demands, Span<FoundCounter> counters)
    {
        ulong shards = 0;
        string? scope = null;
        int scopeHash = 0;
        for (int i = 0; i < demands.Length; i++)
        {
            if (!ReferenceEquals(scope, demands[i].Key.Scope))
            {
                scope = demands[i].Key.Scope;
                scopeHash = scope.GetHashCode(StringComparison.Ordinal);
            }

            counters[i].ScopeHash = scopeHash;
            shards |= CounterShards.Bit(scopeHash);
        }

        return shards;
    }

    /// <summary>The counter of a demand; null where there is none.</summary>
    public CounterState? Find(CounterShard shard, in CounterDemand demand, int scopeHash)
    {
        CounterKind kind = KindOf(demand);
        return shard.Find(kind, demand.Key.Scope, HashOf(kind, scopeHash));
    }

    /// <summary>Finds the counters that are there, and says how many are not.</summary>
    public int Find(CounterShards shards, ReadOnlySpan<CounterDemand> demands, Span<FoundCounter> counters)
    {
        int missing = 0;
        for (int i = 0; i < demands.Length; i++)
        {
            counters[i].State = Find(shards.Of(counters[i].ScopeHash), demands[i], counters[i].ScopeHash);
            if (counters[i].State is null && !IsAmong(demands[..i], demands[i]))
            {
                missing++;
            }
        }

        return missing;
    }

    /// <summary>Makes those that are missing; limits that share one find it made.</summary>
    public void Add(CounterShards shards, ReadOnlySpan<CounterDemand> demands, Span<FoundCounter> counters)
    {
        for (int i = 0; i < demands.Length; i++)
        {
            int scopeHash = counters[i].ScopeHash;
            CounterShard shard = shards.Of(scopeHash);
            CounterKind kind = KindOf(demands[i]);
            counters[i].State ??= Find(shard, demands[i], scopeHash) ?? shard.Add(Make(kind, demands[i].Key.Scope, HashOf(kind, scopeHash)));
        }
    }

    /// <summary>In memory a counter is busy for as long as it is there: to be small matters. What is read and written each time keeps each call.</summary>
    private static CounterState Make(CounterKind kind, string scope, int hash) =>
        kind.CountsInSlices ? new SlicedCounter { Kind = kind, Scope = scope, Hash = hash }
        : kind.Limit.Algorithm == LimitAlgorithm.Concurrent ? new RunningCalls { Kind = kind, Scope = scope, Hash = hash }
        : SavableCounter.For(kind, scope, hash);

    /// <summary>Whether one of some demands is on the counter of another: its key, and the same way of counting.</summary>
    private static bool IsAmong(ReadOnlySpan<CounterDemand> demands, in CounterDemand other)
    {
        foreach (ref readonly CounterDemand demand in demands)
        {
            if (demand.Key == other.Key && demand.Limit.CountsLike(other.Limit))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>With the framework's hash of the scope, so that callers who make up scopes cannot aim at one place.</summary>
    private static int HashOf(CounterKind kind, int scopeHash) => (scopeHash * 31) + kind.Number;

    private CounterKind KindOf(in CounterDemand demand) => demand.Limit.KindOf(demand.Key.Policy, demand.Key.Counter, frequency);
}
