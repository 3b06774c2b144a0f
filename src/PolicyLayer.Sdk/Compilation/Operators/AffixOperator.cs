using PolicyLayer.Sdk.Compilation.Conditions;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>starts_with</c> and <c>ends_with</c>.</summary>
/// <param name="affix">What the text begins or ends with.</param>
/// <param name="atStart">Whether the beginning is meant.</param>
/// <param name="ignoreCase">Whether upper and lower case are the same.</param>
internal sealed class AffixOperator(string affix, bool atStart, bool ignoreCase) : TextOperator
{
    private readonly StringComparison _comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    protected override ConditionOutcome Judge(ReadOnlySpan<char> text) =>
        Kleene.From(atStart ? text.StartsWith(affix, _comparison) : text.EndsWith(affix, _comparison));
}
