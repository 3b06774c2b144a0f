using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Sdk.Compilation.Operators;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary>An operator whose operand came with the call, asked of many of its values. Who makes both of them up must not keep a processor busy: after so many comparisons, or steps of searches, nobody can tell: unknown.</summary>
/// <param name="text">The operator and its operand, as a policy's author reads them.</param>
/// <param name="op">The operator; null where the call has no operand for it.</param>
/// <param name="size">With how much it compares each value.</param>
internal sealed class MadeTest(string text, Operator? op, int size) : ValueTest
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

        _comparisons += size;
        _steps += (long)(op?.Size ?? 0) * (value.Text?.Length ?? value.Utf8.Length);
        return _comparisons > MostComparisons || _steps > LinearRegex.MaxWork || op is null ? ConditionOutcome.Unknown : op.Judge(value);
    }

    public override string ToString() => text;
}
