namespace PolicyLayer.Sdk.Counting;

/// <summary>One counter in memory, its own lock. Locks are taken in the order of <see cref="Rank"/>, so that no two calls wait for each other.</summary>
internal sealed class MemoryCounter(CounterKey key, long rank, CounterState state)
{
    public CounterKey Key { get; } = key;

    public long Rank { get; } = rank;

    public CounterState State { get; } = state;

    /// <summary>Taken out of the store; whoever finds it so looks the counter up again.</summary>
    public bool IsRetired { get; set; }
}
