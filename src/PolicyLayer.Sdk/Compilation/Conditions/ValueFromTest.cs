using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>An operator whose operand is another value of the call: <c>value_from</c>. Where that is absent, or no operand for the operator, nobody can tell: unknown.</summary>
internal sealed class ValueFromTest(string op, ValuePath operand, bool ignoreCase) : ValueTest
{
    public override ConditionOutcome Judge(in PathValue value, in CallView call)
    {
        if (value.IsAbsent)
        {
            return ConditionOutcome.False;
        }

        return operand.TryResolve(call, out PathValue found)
            && !found.IsAbsent
            && OperatorFactory.Create(op, new Operand(found), ignoreCase, out _, out _) is { } made
            ? made.Judge(value)
            : ConditionOutcome.Unknown;
    }

    public override string ToString() => $"{op} the value of {operand.Text}";
}
