using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>What a condition asks of a value. Immutable; asking it allocates nothing.</summary>
internal abstract class Operator
{
    /// <summary>Answers for a value that is there and not null.</summary>
    public abstract ConditionOutcome Judge(in PathValue value);
}
