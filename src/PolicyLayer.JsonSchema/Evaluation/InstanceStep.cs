namespace PolicyLayer.Schemas.Evaluation;

/// <summary>One step from a value of the instance into it.</summary>
/// <param name="Name">The member's name, clean; null for an item of an array.</param>
/// <param name="Index">The item's index.</param>
/// <param name="IsName">Whether the step leads to the name of the member rather than to its value.</param>
internal readonly record struct InstanceStep(string? Name, int Index, bool IsName)
{
    public InstanceStep(int index)
        : this(null, index, IsName: false)
    {
    }

    public InstanceStep(string name, bool IsName)
        : this(name, 0, IsName)
    {
    }
}
