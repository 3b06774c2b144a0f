namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>What one counter knows; amounts are <see cref="Millionths"/>. Not safe for concurrent use: whoever holds the counter's lock uses it.</summary>
internal abstract class CounterState
{
    private CounterKind _kind = null!;

    /// <summary>What it has in common with others, as the limit has it that was last judged by it.</summary>
    public required CounterKind Kind
    {
        get => _kind;
        init => _kind = value;
    }

    /// <summary>The scope that it counts; elsewhere than in memory nothing is set.</summary>
    public string? Scope { get; init; }

    /// <summary>The key's hash, likewise.</summary>
    public int Hash { get; init; }

    /// <summary>The next one in the same place of the table.</summary>
    public CounterState? Next { get; set; }

    /// <summary>Whether it is the counter of a kind and a scope. Most often they are the same objects.</summary>
    public bool IsOf(CounterKind kind, string scope) =>
        (ReferenceEquals(Scope, scope) || string.Equals(Scope, scope, StringComparison.Ordinal)) && _kind.Shares(kind);

    /// <summary>Whether it would count the same if made anew; call <see cref="Advance"/> first.</summary>
    public abstract bool IsIdle { get; }

    /// <summary>Takes up the limit of a demand, which counts in the same way, and may have been changed.</summary>
    public void Follow(in CounterDemand demand)
    {
        if (!ReferenceEquals(_kind.Limit, demand.Limit))
        {
            _kind = demand.Limit.KindOf(demand.Key.Policy, demand.Key.Counter, _kind.Frequency);
            Change(demand.Limit);
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

    /// <summary>Records an amount if it fits, and says whether it does: all that most calls ask.</summary>
    public virtual bool TryAdd(in CounterTime now, Int128 amount, CounterLimit limit)
    {
        if (!Admits(now, amount, limit))
        {
            return false;
        }

        Add(now, amount);
        return true;
    }

    /// <summary>Records an amount that fits.</summary>
    public abstract void Add(in CounterTime now, Int128 amount);

    /// <summary>Gives an amount back that was recorded at a moment, as far as it still counts.</summary>
    /// <param name="stamp">The moment.</param>
    /// <param name="amount">How much.</param>
    /// <param name="limit">The limit that it was recorded for; the one in force may be another by now.</param>
    public abstract void Refund(in CounterTime stamp, Int128 amount, CounterLimit limit);
}
