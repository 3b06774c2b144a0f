using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Patterns that take their effect from others, such as those of <c>hide</c>; to be asked by many entries.</summary>
internal sealed class CoveringPatterns
{
    /// <summary>So many globs are asked: each is by every entry, and there may be tens of thousands of both.</summary>
    private const int MostGlobs = 1000;

    private readonly HashSet<string> _texts;
    private readonly ToolPattern[] _globs;

    /// <param name="texts">The patterns.</param>
    public CoveringPatterns(IEnumerable<string> texts)
    {
        _texts = new HashSet<string>(texts, StringComparer.Ordinal);
        _globs = [.. _texts.Select(static text => new ToolPattern(text)).Where(static pattern => !pattern.IsExact).Take(MostGlobs)];
    }

    /// <summary>The pattern that covers all that another can match: it is the same, or matches it as a text. Null when none does.</summary>
    public string? Covering(ToolPattern pattern) =>
        _texts.Contains(pattern.Text) ? pattern.Text
        : _texts.Contains("*") ? "*"
        : pattern.IsExact ? Array.Find(_globs, glob => glob.Matches(pattern.Text))?.Text
        : null;
}
