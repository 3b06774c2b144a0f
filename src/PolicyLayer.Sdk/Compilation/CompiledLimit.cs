using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>One limit (policy format, section 5).</summary>
/// <param name="Reference">Where it stands.</param>
/// <param name="Counter">The counter's name.</param>
/// <param name="Window">The span that is counted over.</param>
/// <param name="WindowText">The span as the policy writes it.</param>
/// <param name="Max">What one window admits.</param>
/// <param name="Scope">What is counted apart.</param>
/// <param name="Refund">When a place is given back.</param>
internal sealed record CompiledLimit(RuleReference Reference, string Counter, TimeSpan Window, string WindowText, decimal Max, string Scope, RefundRule Refund);
