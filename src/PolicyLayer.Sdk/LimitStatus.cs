using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk;

/// <summary>The limit that refused a call, as it stood at that moment.</summary>
public sealed class LimitStatus
{
    internal LimitStatus(CompiledLimit limit, decimal remaining)
    {
        Counter = limit.Counter;
        Max = limit.Rule.Max;
        Remaining = remaining;
        Window = limit.Rule.CalendarWindow?.Text;
        Scope = limit.Scope.Text;
        CountsCalls = limit.Amount.CountsCalls;
    }

    /// <summary>The counter's name in the policy.</summary>
    public string Counter { get; }

    /// <summary>What the window admits, or how many calls may run at once.</summary>
    public decimal Max { get; }

    /// <summary>What was left when the call was refused; less than the call asked for.</summary>
    public decimal Remaining { get; }

    /// <summary>The window as the policy writes it, such as <c>minute</c> or <c>90s</c>; null for a limit on calls that run at once.</summary>
    public string? Window { get; }

    /// <summary>What is counted apart, such as <c>grant</c> or <c>grant, args.repo</c>.</summary>
    public string Scope { get; }

    /// <summary>Whether each call counts one; else what counts is an amount.</summary>
    internal bool CountsCalls { get; }
}
