namespace PolicyLayer.Sdk.Counting;

/// <summary>One counter in memory, its own lock. Locks are taken in the order of <see cref="Rank"/>, so that no two calls wait for each other.</summary>
internal sealed class MemoryCounter(CounterKey key, long rank, CounterState state)
{
    private volatile bool _isNew = true;

    public CounterKey Key { get; } = key;

    public long Rank { get; } = rank;

    public CounterState State { get; } = state;

    /// <summary>Made for a call that has not charged it yet. It looks idle, but taking it out would only have the call make it again.</summary>
    public bool IsNew
    {
        get => _isNew;
        set => _isNew = value;
    }

    /// <summary>Taken out of the store; whoever finds it so looks the counter up again.</summary>
    public bool IsRetired { get; set; }

    /// <summary>The counter that is looked at after this one; only <see cref="IdleSweep"/> follows it.</summary>
    public MemoryCounter? Next { get; set; }
}
