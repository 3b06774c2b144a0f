namespace PolicyLayer.Sdk.Counting;

/// <summary>What one counter knows. Not safe for concurrent use: whoever holds the counter's lock uses it.</summary>
internal abstract class CounterState
{
    private volatile bool _isNew = true;

    /// <summary>Which counter it is, in the store in memory; elsewhere nothing is set.</summary>
    public CounterKey Key { get; init; }

    /// <summary>Locks are taken in the order of ranks, so that no two calls wait for each other.</summary>
    public int Rank { get; init; }

    /// <summary>Made for a call that has not charged it yet. It looks idle, but taking it out would only have the call make it again.</summary>
    public bool IsNew
    {
        get => _isNew;
        set => _isNew = value;
    }

    /// <summary>Taken out of the store in memory; whoever finds it so looks the counter up again.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Whether it would count the same if made anew; call <see cref="Advance"/> first.</summary>
    public abstract bool IsIdle { get; }

    /// <summary>The last moment that it has recorded on the clock that only runs on; a clock that runs backwards does not go behind it.</summary>
    public virtual long LastStamp => long.MinValue;

    /// <summary>Makes a state for the counter of a limit.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="frequency">How many ticks of the clock that only runs on are a second.</param>
    /// <param name="key">Which counter, in the store in memory.</param>
    /// <param name="rank">Its rank there.</param>
    public static CounterState For(CounterLimit limit, long frequency, in CounterKey key = default, int rank = 0) => limit.Algorithm switch
    {
        LimitAlgorithm.Fixed => new FixedWindow(limit.CalendarWindow!.Value) { Key = key, Rank = rank },
        LimitAlgorithm.TokenBucket => new TokenBucket(limit, frequency) { Key = key, Rank = rank },
        LimitAlgorithm.Concurrent => new RunningCalls { Key = key, Rank = rank },
        _ => new SlidingCounter(limit.SpanOf(frequency)) { Key = key, Rank = rank },
    };

    /// <summary>When it would be idle if nothing more were asked of it, on the clock that it counts by; <see cref="long.MaxValue"/> for never.</summary>
    public abstract long IdleAt { get; }

    /// <summary>Writes what it knows, for a store that keeps it elsewhere.</summary>
    public abstract void Save(BinaryWriter writer);

    /// <summary>Takes up what was saved, of a limit of the same algorithm and window.</summary>
    /// <exception cref="IOException">It was not saved by <see cref="Save"/>.</exception>
    public abstract void Load(BinaryReader reader);

    /// <summary>Lets time pass: windows end, buckets refill.</summary>
    public abstract void Advance(in CounterTime now);

    /// <summary>What is left of a limit now; never below zero.</summary>
    public abstract decimal Remaining(CounterLimit limit);

    /// <summary>Whether an amount fits below a limit now.</summary>
    public virtual bool Fits(decimal amount, CounterLimit limit) => amount <= Remaining(limit);

    /// <summary>How long until an amount that does not fit now would; null when waiting does not help.</summary>
    public abstract TimeSpan? WaitFor(in CounterTime now, decimal amount, CounterLimit limit);

    /// <summary>Records an amount that fits.</summary>
    public abstract void Add(in CounterTime now, decimal amount);

    /// <summary>Gives an amount back that was recorded at a moment, if it still counts.</summary>
    public abstract void Refund(in CounterTime stamp, decimal amount);
}
