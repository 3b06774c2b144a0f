namespace PolicyLayer.Schemas.Regexes;

/// <summary>Whether an assertion holds between two neighbours.</summary>
internal static class RegexEdges
{
    public static bool Holds(RegexAssertion assertion, RegexEdge before, RegexEdge after) => assertion switch
    {
        RegexAssertion.TextStart => before == RegexEdge.Outside,
        RegexAssertion.LineStart => before is RegexEdge.Outside or RegexEdge.LineFeed,
        RegexAssertion.TextEnd => after == RegexEdge.Outside,
        RegexAssertion.LineEnd => after is RegexEdge.Outside or RegexEdge.LineFeed,
        RegexAssertion.WordBoundary => (before == RegexEdge.Word) != (after == RegexEdge.Word),
        RegexAssertion.NoWordBoundary => (before == RegexEdge.Word) == (after == RegexEdge.Word),
        _ => throw new ArgumentOutOfRangeException(nameof(assertion)),
    };
}
