namespace PolicyLayer.Schemas.Regexes;

/// <summary>A state of the automaton: all positions that some text leads to, and where each class of characters leads from there, as far as searches have found out.</summary>
internal sealed class RegexState
{
    private readonly RegexState?[] _next;
    private RegexSkip? _skip;
    private int _stays;

    /// <param name="key">A <see cref="RegexScratch.Key"/>.</param>
    /// <param name="classes">How many classes there are, the end of the text among them.</param>
    public RegexState(int[] key, int classes)
    {
        Key = key;
        _next = new RegexState?[classes];
    }

    private RegexState(RegexOutcome verdict)
        : this([], 0) => Verdict = verdict;

    /// <summary>Whatever follows, the pattern is found.</summary>
    public static RegexState Found { get; } = new(RegexOutcome.Match);

    /// <summary>Whatever follows, the pattern is not found.</summary>
    public static RegexState Lost { get; } = new(RegexOutcome.NoMatch);

    public int[] Key { get; }

    /// <summary>What is known without the rest of the text.</summary>
    public RegexOutcome Verdict { get; }

    /// <summary>Read and written by many searches at once; they can only write the same.</summary>
    public RegexState? this[int characters]
    {
        get => Volatile.Read(ref _next[characters]);
        set => Volatile.Write(ref _next[characters], value);
    }

    /// <summary>What a search passes over here, many characters at a time. Null until it is known that there are many.</summary>
    public RegexSkip? Skip
    {
        get => Volatile.Read(ref _skip);
        set => Volatile.Write(ref _skip, value);
    }

    /// <summary>Counts characters that led back here; answers how many they are by now, or fewer: searches at once may count as one.</summary>
    public int CountStays(int characters) => _stays += characters;
}
