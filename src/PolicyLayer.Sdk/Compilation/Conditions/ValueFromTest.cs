using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>An operator whose operand is another value of the call: <c>value_from</c>. Where that is absent, or no operand for the operator, nobody can tell: unknown.</summary>
internal sealed class ValueFromTest(string op, ValuePath operand, bool ignoreCase) : ValueTest
{
    /// <summary>The most globs that a call may bring: each is made anew for every call, and takes kilobytes.</summary>
    private const int MostGlobs = 1_000;

    public override ConditionOutcome Judge(in PathValue value, in CallView call)
    {
        if (value.IsAbsent)
        {
            return ConditionOutcome.False;
        }

        if (op is "in" or "not_in")
        {
            return operand.TryResolve(call, out PathValue list) && list.Kind == JsonValueKind.Array
                ? MembershipOperator.Judge(value, list.Element, op == "in", ignoreCase)
                : ConditionOutcome.Unknown;
        }

        return Make(call, out _, out _)?.Judge(value) ?? ConditionOutcome.Unknown;
    }

    public override ValueTest ForMany(in CallView call)
    {
        Operator? made = Make(call, out int size, out Operand? with);
        return new BoundedTest(ToString(), made, size, with);
    }

    public override string ToString() => $"{op} the value of {operand.Text}";

    /// <summary>The operator with its operand, and with how much that compares each value; null where there is no operand for it.</summary>
    private Operator? Make(in CallView call, out int size, out Operand? value)
    {
        (size, value) = (1, null);
        if (!operand.TryResolve(call, out PathValue found) || found.IsAbsent)
        {
            return null;
        }

        value = new Operand(found);
        if (op == "glob" && value.Elements.Length > MostGlobs)
        {
            return null;
        }

        Operator? made = OperatorFactory.Create(op, value, ignoreCase, out _, out _);
        size = Math.Max(1, Math.Max(value.Elements.Length, made?.Size ?? 0));
        return made;
    }
}
