namespace PolicyLayer.Sdk.Counting;

/// <summary>A store cannot answer.</summary>
internal sealed class CounterStoreException(string message) : Exception(message);
