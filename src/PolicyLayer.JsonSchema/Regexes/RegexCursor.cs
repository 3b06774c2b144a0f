using System.Text;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>Where a parser stands in a pattern, and the first thing it found wrong.</summary>
internal sealed class RegexCursor(string pattern)
{
    public int Position { get; set; }

    /// <summary>The first thing that is wrong, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>The first thing that is right, but cannot be searched for in linear time; null when there is none.</summary>
    public string? Unsupported { get; private set; }

    public string Pattern => pattern;

    public bool AtEnd => Position >= pattern.Length;

    public char Current => AtEnd ? '\0' : pattern[Position];

    public char Next => Position + 1 < pattern.Length ? pattern[Position + 1] : '\0';

    public ReadOnlySpan<char> Rest => pattern.AsSpan(Math.Min(Position, pattern.Length));

    public void Fail(string error) => Error ??= error;

    /// <summary>Notes what is right but cannot be searched for; reading goes on.</summary>
    public void Refuse(string reason) => Unsupported ??= reason;

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

    /// <summary>Takes one character, whatever it means.</summary>
    public int TakeCodePoint()
    {
        if (AtEnd)
        {
            FailPattern("it ends too early");
            return 0;
        }

        if (!Rune.TryGetRuneAt(pattern, Position, out Rune rune))
        {
            Fail("a regex must not hold half of a surrogate pair");
            return 0;
        }

        Position += rune.Utf16SequenceLength;
        return rune.Value;
    }
}
