using PolicyLayer.Sdk.Counting.Pending;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>One limit (policy format, section 5).</summary>
/// <param name="Reference">Where it stands.</param>
/// <param name="Counter">The counter's name.</param>
/// <param name="Rule">How it counts, and how much it admits.</param>
/// <param name="Scope">What is counted apart.</param>
/// <param name="Amount">What one call adds.</param>
/// <param name="Refund">When it is given back.</param>
internal sealed record CompiledLimit(
    RuleReference Reference,
    string Counter,
    CounterLimit Rule,
    LimitScope Scope,
    LimitAmount Amount,
    RefundRule Refund);
