using System.Text.Json;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>eq</c> and <c>neq</c>.</summary>
internal sealed class EqualityCondition(ArgumentPath path, Operand operand, bool wanted) : Condition(path)
{
    protected override ConditionOutcome Judge(JsonElement value)
    {
        ConditionOutcome equal = operand.Compare(value);
        return equal == ConditionOutcome.Unknown ? equal : From(equal == ConditionOutcome.True == wanted);
    }
}
