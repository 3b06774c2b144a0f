namespace PolicyLayer.Sdk.Python;

/// <summary>One layer of the sandbox, as this machine has it.</summary>
public sealed class PythonLayer
{
    internal PythonLayer(string name, IsolationLevel? neededFor, string needs, bool holds, string? reason, string? advice)
    {
        Name = name;
        NeededFor = neededFor;
        Needs = needs;
        Holds = holds;
        Reason = reason;
        Advice = advice;
    }

    /// <summary>Its name, as in <see cref="PythonIsolation.Layers"/>.</summary>
    public string Name { get; }

    /// <summary>The weakest level that needs it; null for one that strengthens every level and is needed by none.</summary>
    public IsolationLevel? NeededFor { get; }

    /// <summary>What it takes: a version of the kernel, a right of the host.</summary>
    public string Needs { get; }

    /// <summary>Whether it held, by the kernel's own answer.</summary>
    public bool Holds { get; }

    /// <summary>Why it did not; null when it did.</summary>
    public string? Reason { get; }

    /// <summary>What to do about it; null when it held.</summary>
    public string? Advice { get; }
}
