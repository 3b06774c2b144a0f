using System.Runtime.CompilerServices;

namespace PolicyLayer.Sdk.Counting;

/// <summary>What one counter knows; amounts are <see cref="Millionths"/>. Not safe for concurrent use: whoever holds the counter's lock uses it.</summary>
internal abstract class CounterState
{
    private readonly CounterKey _key;

    /// <summary>The limit that was last judged by it.</summary>
    private CounterLimit? _limit;

    /// <summary>Which counter it is, in the store in memory; elsewhere nothing is set.</summary>
    public CounterKey Key
    {
        init => _key = value;
    }

    /// <summary>The limit that it is made for, likewise.</summary>
    public CounterLimit Limit
    {
        init => _limit = value;
    }

    /// <summary>The key's hash.</summary>
    public int Hash { get; init; }

    /// <summary>The next one in the same place of the table.</summary>
    public CounterState? Next { get; set; }

    /// <summary>Whether it is the counter that a demand names. A limit that was changed to another algorithm or window has another one.</summary>
    public bool IsOf(in CounterDemand demand) =>
        AreSame(_key.Scope, demand.Key.Scope) && AreSame(_key.Counter, demand.Key.Counter) && AreSame(_key.Policy, demand.Key.Policy)
        && (ReferenceEquals(_limit, demand.Limit) || _limit!.CountsLike(demand.Limit));

    /// <summary>Most often they are one object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreSame(string one, string other) => ReferenceEquals(one, other) || string.Equals(one, other, StringComparison.Ordinal);

    /// <summary>Whether it would count the same if made anew; call <see cref="Advance"/> first.</summary>
    public abstract bool IsIdle { get; }

    /// <summary>The last moment that it has recorded on the clock that only runs on; a clock that runs backwards does not go behind it.</summary>
    public virtual long LastStamp => long.MinValue;

    /// <summary>Makes a state for the counter of a limit.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="frequency">How many ticks of the clock that only runs on are a second.</param>
    /// <param name="key">Which counter, in the store in memory.</param>
    /// <param name="hash">The key's hash.</param>
    public static CounterState For(CounterLimit limit, long frequency, in CounterKey key = default, int hash = 0) => limit.Algorithm switch
    {
        LimitAlgorithm.Fixed => new FixedWindow(limit.CalendarWindow!.Value) { Key = key, Limit = limit, Hash = hash },
        LimitAlgorithm.TokenBucket => new TokenBucket(limit, frequency) { Key = key, Limit = limit, Hash = hash },
        LimitAlgorithm.Concurrent => new RunningCalls { Key = key, Limit = limit, Hash = hash },
        _ => new SlidingCounter(limit.SpanOf(frequency)) { Key = key, Limit = limit, Hash = hash },
    };

    /// <summary>When it would be idle if nothing more were asked of it, on the clock that it counts by; <see cref="long.MaxValue"/> for never.</summary>
    public abstract long IdleAt { get; }

    /// <summary>Writes what it knows, for a store that keeps it elsewhere.</summary>
    public abstract void Save(BinaryWriter writer);

    /// <summary>Takes up what was saved, of a limit of the same algorithm and window.</summary>
    /// <exception cref="IOException">It was not saved by <see cref="Save"/>.</exception>
    public abstract void Load(BinaryReader reader);

    /// <summary>Takes up a limit that counts in the same way, and may have been changed.</summary>
    public void Follow(CounterLimit limit)
    {
        if (!ReferenceEquals(_limit, limit))
        {
            _limit = limit;
            Change(limit);
        }
    }

    /// <summary>Takes up how much a limit admits, where that matters before anything is asked.</summary>
    protected virtual void Change(CounterLimit limit)
    {
    }

    /// <summary>Lets time pass: windows end, buckets refill.</summary>
    public abstract void Advance(in CounterTime now);

    /// <summary>What is left of a limit now; never below zero.</summary>
    public abstract Int128 Remaining(CounterLimit limit);

    /// <summary>Whether an amount fits below a limit now.</summary>
    public virtual bool Fits(Int128 amount, CounterLimit limit) => amount <= Remaining(limit);

    /// <summary>Lets time pass as far as it matters, and says whether an amount fits: what is asked of every counter, in one call.</summary>
    public virtual bool Admits(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        Advance(now);
        return Fits(amount, limit);
    }

    /// <summary>How long until an amount that does not fit now would; null when waiting does not help.</summary>
    public abstract TimeSpan? WaitFor(in CounterTime now, Int128 amount, CounterLimit limit);

    /// <summary>Records an amount that fits.</summary>
    public abstract void Add(in CounterTime now, Int128 amount);

    /// <summary>Gives an amount back that was recorded at a moment, if it still counts.</summary>
    public abstract void Refund(in CounterTime stamp, Int128 amount);
}
