using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting;

/// <summary>What one call asks of one counter.</summary>
/// <param name="Key">Which counter.</param>
/// <param name="Limit">How it counts, and how much it admits.</param>
/// <param name="Layer">Which policy asks.</param>
/// <param name="Refund">When it is given back: as the strictest of the limits says that share the counter.</param>
internal readonly record struct CounterDemand(CounterKey Key, CompiledLimit Limit, int Layer, RefundRule Refund)
{
    /// <summary>What one call adds.</summary>
    public const decimal Amount = 1m;
}
