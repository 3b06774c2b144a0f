using System.Text.Json;
using System.Text.RegularExpressions;

namespace PolicyLayer.Sdk.Compilation.Conditions;

/// <summary><c>regex</c>: an unanchored search in linear time.</summary>
internal sealed class RegexCondition(ArgumentPath path, Regex regex) : Condition(path)
{
    protected override ConditionOutcome Judge(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return ConditionOutcome.Unknown;
        }

        using RentedText text = RentedText.Of(value);
        return From(regex.IsMatch(text.Span));
    }
}
