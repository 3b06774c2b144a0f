using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>eq</c> and <c>neq</c>.</summary>
internal sealed class EqualityOperator(Operand operand, bool wanted, bool ignoreCase) : Operator
{
    public override ConditionOutcome Judge(in PathValue value)
    {
        ConditionOutcome equal = operand.Compare(value, ignoreCase);
        return wanted ? equal : equal.Not();
    }
}
