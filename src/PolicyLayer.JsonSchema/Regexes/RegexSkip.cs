using System.Buffers;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>What a search may pass over in a state, many characters at a time. Never changes.</summary>
internal abstract class RegexSkip
{
    /// <summary>Nothing may be passed over, or there is no room to know what.</summary>
    public static RegexSkip None { get; } = new Idle(SearchValues.Create(string.Empty));

    /// <summary>How many of the next characters make no difference: the search may go on behind them in the same state.</summary>
    public abstract int Count(ReadOnlySpan<char> text);

    /// <summary>Characters that lead back to the state.</summary>
    public sealed class Idle(SearchValues<char> characters) : RegexSkip
    {
        public override int Count(ReadOnlySpan<char> text)
        {
            int end = text.IndexOfAnyExcept(characters);
            return end < 0 ? text.Length : end;
        }
    }
}
