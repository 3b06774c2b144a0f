using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Regexes;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>pattern</c> (2020-12 validation, section 6.3.3): a search, so that a pattern without <c>^</c> and <c>$</c> may be found anywhere.</summary>
internal sealed class PatternKeyword(SchemaLocation location, LinearRegex regex, string shown) : Assertion(location)
{
    /// <summary>Longer than other texts are shown: whoever corrects the call needs all of it.</summary>
    private const int MaxShown = 256;

    private string? _expectation;

    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("pattern")!;
        return value.ReadPattern() is { } regex ? new PatternKeyword(value.Location, regex, Quoted.InBackticks(value.Element.GetString()!, MaxShown)) : null;
    }

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.String)
        {
            return true;
        }

        if (!Utf16Text.TryRead(instance.Text, stackalloc char[Utf16Text.StackBuffer], out Utf16Text text))
        {
            return run.Undecidable(Obstacles.Encoding);
        }

        RegexOutcome outcome = run.Search(regex, text.Span);
        text.Dispose();
        return outcome == RegexOutcome.Undecided ? run.Undecidable(Obstacles.Search) : outcome == RegexOutcome.Match;
    }

    protected override string Expectation(scoped in Instance instance) => _expectation ??= $"must match the pattern {shown}";
}
