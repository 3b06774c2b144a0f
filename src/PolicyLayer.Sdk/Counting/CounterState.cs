namespace PolicyLayer.Sdk.Counting;

/// <summary>What one counter knows. Not safe for concurrent use: whoever holds the counter's lock uses it.</summary>
internal abstract class CounterState
{
    /// <summary>Whether it would count the same if made anew; call <see cref="Advance"/> first.</summary>
    public abstract bool IsIdle { get; }

    /// <summary>The last moment that it has recorded on the clock that only runs on; a clock that runs backwards does not go behind it.</summary>
    public virtual long LastStamp => long.MinValue;

    /// <summary>Makes a state for the counter of a limit.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="frequency">How many ticks of the clock that only runs on are a second.</param>
    public static CounterState For(CounterLimit limit, long frequency) => limit.Algorithm switch
    {
        LimitAlgorithm.Fixed => new FixedWindow(limit.CalendarWindow!.Value),
        LimitAlgorithm.TokenBucket => new TokenBucket(limit, frequency),
        LimitAlgorithm.Concurrent => new RunningCalls(),
        _ => new SlidingCounter(limit.Window, frequency),
    };

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
