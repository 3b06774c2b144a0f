using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>What is asked of each value that a path leads to, the absent one included.</summary>
internal abstract class ValueTest
{
    public abstract ConditionOutcome Judge(in PathValue value, in CallView call);

    /// <summary>The same for many values of one call: what it needs of the call besides them is made once.</summary>
    public virtual ValueTest ForMany(in CallView call) => this;

    /// <summary>The operator and its operand, as a policy's author reads them.</summary>
    public abstract override string ToString();
}
