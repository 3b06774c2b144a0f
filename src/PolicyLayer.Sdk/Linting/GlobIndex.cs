using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Globs by a text that each name they match begins, or ends, with.</summary>
internal sealed class GlobIndex
{
    private readonly Dictionary<string, List<ToolPattern>> _globs = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _lengths = [];

    /// <summary>The lengths that those texts have, in order.</summary>
    public IEnumerable<int> Lengths => _lengths;

    public void Add(string text, ToolPattern glob)
    {
        _lengths.Add(text.Length);
        if (!_globs.TryAdd(text, [glob]))
        {
            _globs[text].Add(glob);
        }
    }

    /// <summary>The globs of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="steps">Grows by what looking took.</param>
    public List<ToolPattern> Find(ReadOnlySpan<char> text, ref long steps)
    {
        steps += text.Length;
        return _globs.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out List<ToolPattern>? globs) ? globs : [];
    }
}
