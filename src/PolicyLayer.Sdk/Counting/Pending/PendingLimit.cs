using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Counting.Pending;

/// <summary>The limit behind a demand.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Layer">Which policy asks.</param>
/// <param name="Refund">When what is charged is given back: as the strictest of the limits says that share the counter.</param>
internal readonly record struct PendingLimit(CompiledLimit Limit, int Layer, RefundRule Refund);
