namespace PolicyLayer.Sdk;

/// <summary>The limit that refused a call, as it stood at that moment.</summary>
public sealed class LimitStatus
{
    internal LimitStatus(string counter, decimal max, decimal remaining, string window, string scope)
    {
        Counter = counter;
        Max = max;
        Remaining = remaining;
        Window = window;
        Scope = scope;
    }

    /// <summary>The counter's name in the policy.</summary>
    public string Counter { get; }

    /// <summary>What the window admits.</summary>
    public decimal Max { get; }

    /// <summary>What was left when the call was refused; less than the call asked for.</summary>
    public decimal Remaining { get; }

    /// <summary>The window as the policy writes it, such as <c>minute</c> or <c>90s</c>.</summary>
    public string Window { get; }

    /// <summary>What is counted apart, such as <c>grant</c>.</summary>
    public string Scope { get; }
}
