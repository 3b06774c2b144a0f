using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>The patterns of <c>hide</c>, to be asked by many entries.</summary>
internal sealed class HiddenPatterns
{
    private readonly HashSet<string> _texts;
    private readonly ToolPattern[] _globs;

    /// <param name="hidden">The texts of <c>hide</c>.</param>
    public HiddenPatterns(DocumentNode[] hidden)
    {
        _texts = new HashSet<string>(hidden.Select(static hide => hide.Text!), StringComparer.Ordinal);
        _globs = [.. _texts.Select(static text => new ToolPattern(text)).Where(static pattern => !pattern.IsExact)];
    }

    /// <summary>The pattern that covers all that another can match: it is the same, or matches it as a text. Null when none does.</summary>
    public string? Covering(ToolPattern pattern) =>
        _texts.Contains(pattern.Text) ? pattern.Text
        : Array.Find(_globs, glob => glob.Text == "*" || (pattern.IsExact && glob.Matches(pattern.Text)))?.Text;
}
