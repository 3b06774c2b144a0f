namespace PolicyLayer.Sdk.Python;

/// <summary>What held a run, in the kernel's own answers.</summary>
public sealed class PythonIsolation
{
    internal PythonIsolation(IsolationLevel level, IReadOnlyList<string> layers, IReadOnlyList<string> missing)
    {
        Level = level;
        Layers = layers;
        Missing = missing;
    }

    /// <summary>The level those layers add up to; <see cref="IsolationLevel.None"/> when nothing was started.</summary>
    public IsolationLevel Level { get; }

    /// <summary>The layers in force, in the order they were applied; empty when nothing was started.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>The layers that this run did not have, whatever level needs them and for whatever reason; empty when nothing was started.</summary>
    public IReadOnlyList<string> Missing { get; }

    internal static PythonIsolation Nothing { get; } = new(IsolationLevel.None, [], []);
}
