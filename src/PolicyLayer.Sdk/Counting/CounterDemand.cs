using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting;

/// <summary>What one limit asks of one counter for one call. Limits that share a counter each ask, and the first of them charges it, once.</summary>
/// <param name="Key">Which counter.</param>
/// <param name="Limit">How it counts, and how much it admits.</param>
/// <param name="Layer">Which policy asks.</param>
/// <param name="Amount">What the call adds to the counter: the largest of the amounts of the limits that share it.</param>
/// <param name="Refund">When it is given back: as the strictest of those limits says.</param>
/// <param name="Charges">Whether it is the first of them.</param>
internal readonly record struct CounterDemand(CounterKey Key, CompiledLimit Limit, int Layer, decimal Amount, RefundRule Refund, bool Charges);
