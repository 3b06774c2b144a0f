namespace PolicyLayer.Sdk.Testing;

/// <summary>A store has broken its contract; the text says where.</summary>
public sealed class CounterStoreContractException : Exception
{
    /// <summary>Says nothing more.</summary>
    public CounterStoreContractException()
    {
    }

    /// <summary>Says what the store did.</summary>
    /// <param name="message">What was expected, what came, and the seed of what was random.</param>
    public CounterStoreContractException(string message)
        : base(message)
    {
    }

    /// <summary>Says what the store did.</summary>
    /// <param name="message">What was expected and what came.</param>
    /// <param name="innerException">What it threw.</param>
    public CounterStoreContractException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
