namespace PolicyLayer.Sdk.Testing.Model;

/// <summary>One counter as the policy format describes it, as plainly as possible: every admission is kept for ever.</summary>
internal abstract class ReferenceCounter
{
    public static ReferenceCounter For(CounterLimit limit) => limit.Algorithm switch
    {
        LimitAlgorithm.Sliding => new ReferenceSliding(limit),
        LimitAlgorithm.Fixed => new ReferenceFixed(limit),
        LimitAlgorithm.TokenBucket => new ReferenceBucket(limit),
        _ => new ReferenceRunning(),
    };

    /// <summary>What a limit has left at a moment.</summary>
    public abstract decimal Remaining(DateTimeOffset now, CounterLimit limit);

    /// <summary>Whether an amount fits below it.</summary>
    public abstract bool Fits(DateTimeOffset now, decimal amount, CounterLimit limit);

    /// <summary>How long until it would; null when waiting does not help.</summary>
    public abstract TimeSpan? Wait(DateTimeOffset now, decimal amount, CounterLimit limit);

    /// <summary>Counts an amount.</summary>
    public abstract void Add(DateTimeOffset now, decimal amount);

    /// <summary>Gives back what was counted at a moment.</summary>
    public abstract void Refund(DateTimeOffset now, DateTimeOffset counted, decimal amount);
}
