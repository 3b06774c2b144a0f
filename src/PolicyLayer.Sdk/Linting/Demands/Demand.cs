using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Linting.Demands;

/// <summary>What has to hold of the value at one path, so that a condition is true; or what is known of it.</summary>
internal abstract class Demand
{
    /// <summary>The types that can hold.</summary>
    public ValueTypes Types { get; protected init; }

    /// <summary>Whether there must be no value.</summary>
    public bool IsAbsence { get; protected init; }

    /// <summary>Whether there may be no value.</summary>
    public bool AllowsAbsence { get; protected init; }

    /// <summary>All values that can hold, null for endless many.</summary>
    public abstract JsonElement[]? Values { get; }

    /// <summary>Whether texts among <see cref="Values"/> stand for every way to write them in upper and lower case.</summary>
    public bool IgnoresCase { get; protected init; }

    /// <summary>How far <see cref="Allows"/> looks, in values.</summary>
    public int Cost { get; protected init; } = 1;

    /// <summary>The bound that the value must reach, or null.</summary>
    public Bound? Least { get; protected init; }

    /// <summary>The bound that the value must not pass, or null.</summary>
    public Bound? Most { get; protected init; }

    /// <summary>Judges one value.</summary>
    /// <param name="value">A value.</param>
    public abstract ConditionOutcome Judge(in PathValue value);

    /// <summary>Whether it can hold of a value; true where nobody can tell.</summary>
    /// <param name="value">A value.</param>
    /// <param name="anyCase">Whether the value stands for every way to write it in upper and lower case.</param>
    public virtual bool Allows(in PathValue value, bool anyCase) => Judge(value) == ConditionOutcome.True;
}
