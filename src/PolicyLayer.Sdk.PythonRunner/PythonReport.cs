namespace PolicyLayer.Sdk.Python;

/// <summary>What this machine gives to runs, layer by layer.</summary>
public sealed class PythonReport
{
    internal PythonReport(IsolationLevel level, IReadOnlyList<PythonLayer> layers)
    {
        Level = level;
        Layers = layers;
    }

    /// <summary>The level that the layers add up to; <see cref="IsolationLevel.None"/> when no interpreter could be locked.</summary>
    public IsolationLevel Level { get; }

    /// <summary>Every layer that this machine could have, in the order they are applied; empty when no interpreter could be locked.</summary>
    public IReadOnlyList<PythonLayer> Layers { get; }

    /// <summary>The interpreter that answered; null when there is none.</summary>
    public string? PythonPath { get; internal init; }

    /// <summary>Its version; null when there is none.</summary>
    public string? PythonVersion { get; internal init; }

    /// <summary>Why no interpreter could be locked, and what to do; null when one could.</summary>
    public string? Error { get; internal init; }
}
