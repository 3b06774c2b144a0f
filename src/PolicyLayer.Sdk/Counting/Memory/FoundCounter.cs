using PolicyLayer.Sdk.Counting.Counters;

namespace PolicyLayer.Sdk.Counting.Memory;

/// <summary>The counter of one demand.</summary>
internal struct FoundCounter
{
    /// <summary>The hash of its scope, which tells its shard.</summary>
    public int ScopeHash;

    /// <summary>Null while there is none.</summary>
    public CounterState? State;
}
