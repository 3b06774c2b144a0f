using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Sdk.Compilation.Conditions;

namespace PolicyLayer.Sdk.Compilation.Operators;

/// <summary><c>regex</c> and <c>glob</c>: a search with each of some patterns in linear time. Unknown where all of them together would take too many steps, for a list may come with the call.</summary>
internal sealed class RegexOperator(LinearRegex[] patterns) : TextOperator
{
    public override int Size { get; } = patterns.Sum(static pattern => pattern.Size);

    protected override ConditionOutcome Judge(ReadOnlySpan<char> text)
    {
        if ((long)Size * text.Length > LinearRegex.MaxWork)
        {
            return ConditionOutcome.Unknown;
        }

        var found = ConditionOutcome.False;
        foreach (LinearRegex pattern in patterns)
        {
            found = found.Or(pattern.Search(text) switch
            {
                RegexOutcome.Match => ConditionOutcome.True,
                RegexOutcome.NoMatch => ConditionOutcome.False,
                _ => ConditionOutcome.Unknown,
            });
            if (found == ConditionOutcome.True)
            {
                break;
            }
        }

        return found;
    }
}
