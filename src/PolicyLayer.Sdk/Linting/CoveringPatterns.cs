using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Patterns that take their effect from others, such as those of <c>hide</c>; to be asked by many entries.</summary>
/// <remarks>Of tens of thousands of both, most are told apart by how they begin or end. The rest is compared one by one until a bound is reached, and then <see cref="IsSpent"/>.</remarks>
internal sealed class CoveringPatterns
{
    /// <summary>So many characters are compared for one document.</summary>
    private const long MostSteps = 1_000_000_000;

    private readonly HashSet<string> _texts;
    private readonly GlobIndex _byBeginning = new();
    private readonly GlobIndex _byEnd = new();
    private readonly List<ToolPattern> _others = [];
    private long _steps;

    /// <param name="texts">The patterns.</param>
    public CoveringPatterns(IEnumerable<string> texts)
    {
        _texts = new HashSet<string>(texts, StringComparer.Ordinal);
        foreach (string text in _texts)
        {
            int first = text.AsSpan().IndexOfAny('*', '?');
            int last = text.AsSpan().LastIndexOfAny('*', '?');
            if (first > 0)
            {
                _byBeginning.Add(text[..first], new ToolPattern(text));
            }
            else if (first == 0 && last < text.Length - 1)
            {
                _byEnd.Add(text[(last + 1)..], new ToolPattern(text));
            }
            else if (first == 0)
            {
                _others.Add(new ToolPattern(text));
            }
        }
    }

    /// <summary>Whether there were too many to compare, so that no more are found.</summary>
    public bool IsSpent => _steps > MostSteps;

    /// <summary>The pattern that covers all that another can match, or null: it is the same, or matches it as a text, a <c>*</c> in it with a <c>*</c> of its own.</summary>
    public string? Covering(ToolPattern pattern) =>
        _texts.Contains(pattern.Text) ? pattern.Text
        : _texts.Contains("*") ? "*"
        : Find(pattern)?.Text;

    private ToolPattern? Find(ToolPattern pattern)
    {
        string text = pattern.Text;
        foreach (int length in _byBeginning.Lengths)
        {
            if (length > text.Length || IsSpent)
            {
                break;
            }

            if (First(_byBeginning.Find(text.AsSpan(0, length), ref _steps), pattern) is { } found)
            {
                return found;
            }
        }

        foreach (int length in _byEnd.Lengths)
        {
            if (length > text.Length || IsSpent)
            {
                break;
            }

            if (First(_byEnd.Find(text.AsSpan(text.Length - length), ref _steps), pattern) is { } found)
            {
                return found;
            }
        }

        return First(_others, pattern);
    }

    private ToolPattern? First(List<ToolPattern> globs, ToolPattern pattern)
    {
        foreach (ToolPattern glob in globs)
        {
            if (IsSpent)
            {
                return null;
            }

            _steps += glob.Text.AsSpan().Count('*') > 1 ? (long)glob.Text.Length * pattern.Text.Length : glob.Text.Length + pattern.Text.Length;
            if ((pattern.IsExact || !glob.Text.Contains('?', StringComparison.Ordinal)) && glob.Matches(pattern.Text))
            {
                return glob;
            }
        }

        return null;
    }
}
