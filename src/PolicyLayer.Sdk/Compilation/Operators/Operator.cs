using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>What a condition asks of a value. Immutable. Asking it allocates nothing, but for hosts and addresses, which are written anew in their normal form.</summary>
internal abstract class Operator
{
    /// <summary>How many positions its patterns have; most operators have none.</summary>
    public virtual int Size => 0;

    /// <summary>Answers for a value that is there and not null.</summary>
    public abstract ConditionOutcome Judge(in PathValue value);
}
