namespace PolicyLayer.Sdk;

/// <summary>A store cannot answer: the call that asked is denied with <see cref="DecisionReason.StoreUnavailable"/>.</summary>
public sealed class CounterStoreException : Exception
{
    /// <summary>Says nothing more.</summary>
    public CounterStoreException()
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">Why, without secrets: it may be logged.</param>
    public CounterStoreException(string message)
        : base(message)
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">Why, without secrets: it may be logged.</param>
    /// <param name="innerException">What happened.</param>
    public CounterStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the store answers, and holds as many live counters as it may. To forget one would refill it, so the call is denied even with <see cref="ToolPolicyOptions.AllowWhenStoreUnavailable"/>.</summary>
    public bool IsFull { get; init; }

    /// <summary>Of a store with a bound of its own.</summary>
    internal static CounterStoreException Full() => new("the store holds as many live counters as it may") { IsFull = true };
}
