using System.Text.Json;
using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Sdk.Arguments;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>An operator whose operand stands in the policy. Of what is absent or null it is false.</summary>
internal sealed class OperatorTest(string name, Operand operand, Operator op) : ValueTest
{
    /// <summary>Whether all values that a call has room for could together take too many steps, or comparisons within lists and objects.</summary>
    private readonly bool _isLarge = op.Size > LinearRegex.MaxWork / WellFormedCall.MaxBytes || Array.Exists(operand.Elements, static element => element.Kind is JsonValueKind.Array or JsonValueKind.Object);

    public override ConditionOutcome Judge(in PathValue value, in CallView call) => value.IsAbsent ? ConditionOutcome.False : op.Judge(value);

    /// <summary>With patterns, lists or objects of many values the sum of what single values take is bounded too.</summary>
    public override ValueTest ForMany(in CallView call) => _isLarge ? new BoundedTest(ToString(), op, 0, operand) : this;

    public override string ToString() => $"{name} {operand}";
}
