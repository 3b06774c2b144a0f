using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>An operator whose operand stands in the policy. Of what is absent or null it is false.</summary>
internal sealed class OperatorTest(string name, Operand operand, Operator op) : ValueTest
{
    public override ConditionOutcome Judge(in PathValue value, in CallView call) => value.IsAbsent ? ConditionOutcome.False : op.Judge(value);

    public override string ToString() => $"{name} {operand}";
}
