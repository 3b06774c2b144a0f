using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>What is asked of each value that a path leads to, the absent one included.</summary>
internal abstract class ValueTest
{
    public abstract ConditionOutcome Judge(in PathValue value, in CallView call);

    /// <summary>The operator and its operand, as a policy's author reads them.</summary>
    public abstract override string ToString();
}
