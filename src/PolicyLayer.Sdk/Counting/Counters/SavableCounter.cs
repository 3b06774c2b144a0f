namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>A counter that a store can also keep elsewhere than in memory, from one call to the next.</summary>
internal abstract class SavableCounter : CounterState
{
    /// <summary>The last moment that it has recorded on the clock that only runs on; a clock that runs backwards does not go behind it.</summary>
    public virtual long LastStamp => long.MinValue;

    /// <summary>When it would be idle if nothing more were asked of it, on the clock that it counts by; <see cref="long.MaxValue"/> for never.</summary>
    public abstract long IdleAt { get; }

    /// <summary>Makes the counter of a limit that has a window.</summary>
    /// <param name="kind">What it has in common with others.</param>
    /// <param name="scope">The scope that it counts, in the store in memory.</param>
    /// <param name="hash">The key's hash, likewise.</param>
    public static SavableCounter For(CounterKind kind, string? scope = null, int hash = 0) => kind.Limit.Algorithm switch
    {
        LimitAlgorithm.Fixed => new FixedWindow(kind.Limit.CalendarWindow!.Value) { Kind = kind, Scope = scope, Hash = hash },
        LimitAlgorithm.TokenBucket => new TokenBucket(kind) { Kind = kind, Scope = scope, Hash = hash },
        _ => new SlidingCounter { Kind = kind, Scope = scope, Hash = hash },
    };

    /// <summary>Writes what it knows.</summary>
    public abstract void Save(BinaryWriter writer);

    /// <summary>Takes up what was saved, of a limit of the same algorithm and window.</summary>
    /// <exception cref="IOException">It was not saved by <see cref="Save"/>.</exception>
    public abstract void Load(BinaryReader reader);
}
