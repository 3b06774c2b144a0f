using System.Text.Json;
using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>An operator asked of many values of a call, whose operand came with the call or is large. Who makes up the values, or both, must not keep a processor busy: after so many comparisons, or steps of searches, nobody can tell: unknown.</summary>
/// <param name="text">The operator and its operand, as a policy's author reads them.</param>
/// <param name="op">The operator; null where the call has no operand for it.</param>
/// <param name="size">With how much it compares each value.</param>
/// <param name="operand">The operand; null where the call has none.</param>
internal sealed class BoundedTest(string text, Operator? op, int size, Operand? operand) : ValueTest
{
    private const long MostComparisons = 10_000_000;

    private long _comparisons;
    private long _steps;

    public override ConditionOutcome Judge(in PathValue value, in CallView call)
    {
        if (value.IsAbsent)
        {
            return ConditionOutcome.False;
        }

        _comparisons += Math.Max(size, ValuesWithin(value));
        _steps += (long)(op?.Size ?? 0) * (value.Text?.Length ?? value.Utf8.Length);
        return _comparisons > MostComparisons || _steps > LinearRegex.MaxWork || op is null ? ConditionOutcome.Unknown : op.Judge(value);
    }

    public override string ToString() => text;

    /// <summary>How many values at most are compared with those within a list or an object: all there are in the operand, but with each of its elements no more than the value has, each of which takes two bytes.</summary>
    private long ValuesWithin(in PathValue value) =>
        operand is null || value.Kind is not (JsonValueKind.Array or JsonValueKind.Object) ? 0 : Math.Min(operand.Weight, operand.Elements.Length * (1L + (value.Utf8.Length / 2)));
}
