namespace PolicyLayer.Schemas.Regexes;

/// <summary>Where a parser stands in a pattern, and the first thing it found wrong.</summary>
internal sealed class RegexCursor(string pattern)
{
    public int Position { get; set; }

    /// <summary>The first thing that is wrong, or null.</summary>
    public string? Error { get; private set; }

    public string Pattern => pattern;

    public bool AtEnd => Position >= pattern.Length;

    public char Current => AtEnd ? '\0' : pattern[Position];

    public char Next => Position + 1 < pattern.Length ? pattern[Position + 1] : '\0';

    public ReadOnlySpan<char> Rest => pattern.AsSpan(Math.Min(Position, pattern.Length));

    public void Fail(string error) => Error ??= error;

    /// <summary>Fails with what the pattern as a whole lacks.</summary>
    public void FailPattern(string why) => Fail($"`{pattern}` is not a regex: {why}");

    public void Take() => Position++;

    public bool TryTake(char c) => !AtEnd && pattern[Position] == c && ++Position > 0;

    public bool TryTake(string text)
    {
        bool found = Rest.StartsWith(text, StringComparison.Ordinal);
        Position += found ? text.Length : 0;
        return found;
    }
}
