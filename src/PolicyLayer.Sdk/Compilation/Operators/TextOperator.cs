using System.Text.Json;
using PolicyLayer.Sdk.Compilation.Conditions;
using PolicyLayer.Sdk.Compilation.Paths;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary>What compares texts only: unknown for every other type.</summary>
internal abstract class TextOperator : Operator
{
    public sealed override ConditionOutcome Judge(in PathValue value)
    {
        if (value.Kind != JsonValueKind.String)
        {
            return ConditionOutcome.Unknown;
        }

        using TextView text = TextView.Of(value);
        return Judge(text.Span);
    }

    protected abstract ConditionOutcome Judge(ReadOnlySpan<char> text);
}
