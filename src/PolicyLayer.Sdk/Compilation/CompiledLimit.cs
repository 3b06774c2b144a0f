using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>One limit (policy format, section 5).</summary>
/// <param name="Reference">Where it stands.</param>
/// <param name="Counter">The counter's name.</param>
/// <param name="Algorithm">How it counts.</param>
/// <param name="Window">The span that is counted over; null for calls at the same time.</param>
/// <param name="Max">What one window admits, or how many calls run at once.</param>
/// <param name="Burst">What a token bucket holds.</param>
/// <param name="Scope">What is counted apart.</param>
/// <param name="Amount">What one call adds.</param>
/// <param name="Refund">When it is given back.</param>
internal sealed record CompiledLimit(
    RuleReference Reference,
    string Counter,
    LimitAlgorithm Algorithm,
    LimitWindow? Window,
    decimal Max,
    decimal Burst,
    LimitScope Scope,
    LimitAmount Amount,
    RefundRule Refund);
