namespace PolicyLayer.Sdk.Testing;

/// <summary>A store has broken its contract; the text says where.</summary>
public sealed class StoreContractException : Exception
{
    /// <summary>Says nothing more.</summary>
    public StoreContractException()
    {
    }

    /// <summary>Says what the store did.</summary>
    /// <param name="message">What was expected, what came, and the seed of what was random.</param>
    public StoreContractException(string message)
        : base(message)
    {
    }

    /// <summary>Says what the store did.</summary>
    /// <param name="message">What was expected and what came.</param>
    /// <param name="innerException">What it threw.</param>
    public StoreContractException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
