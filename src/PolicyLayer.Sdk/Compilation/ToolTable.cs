using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>Finds what a policy says of a tool: exact names in a frozen table, the rest by globs, each tool worked out once.</summary>
internal sealed class ToolTable
{
    /// <summary>How many tools that only globs or the default cover are remembered; a caller may invent names without end.</summary>
    private const int MaxRemembered = 1024;

    /// <summary>Longer names that only globs or the default cover are never remembered.</summary>
    private const int LongestRemembered = 128;

    private readonly FrozenDictionary<string, ListedTool> _exact;
    private readonly FrozenSet<string> _hiddenExact;
    private readonly CompiledEntry[] _globs;
    private readonly ToolPattern[] _hiddenGlobs;
    private readonly CompiledEntry? _allTools;
    private readonly ConcurrentDictionary<string, ToolRules> _invented = new(StringComparer.Ordinal);

    public ToolTable(IReadOnlyCollection<CompiledEntry> entries, IReadOnlyCollection<ToolPattern> hidden, CompiledEntry? allTools)
    {
        _exact = entries.Where(static entry => entry.Pattern!.IsExact).ToFrozenDictionary(static entry => entry.Pattern!.Text, static entry => new ListedTool(entry), StringComparer.Ordinal);
        _globs = [.. entries.Where(static entry => !entry.Pattern!.IsExact).OrderBy(static entry => entry.Pattern!.Text, StringComparer.Ordinal)];
        _hiddenExact = hidden.Where(static pattern => pattern.IsExact).Select(static pattern => pattern.Text).ToFrozenSet(StringComparer.Ordinal);
        _hiddenGlobs = [.. hidden.Where(static pattern => !pattern.IsExact)];
        _allTools = allTools;
    }

    public ToolRules Find(string tool) => _exact.TryGetValue(tool, out ListedTool? listed)
        ? listed.Rules ??= WorkOut(tool, listed.Entry)
        : FindUnlisted(tool);

    /// <summary>Whether the policy has the exact name, to say something of it or to hide it.</summary>
    public bool Names(string tool) => _exact.ContainsKey(tool) || _hiddenExact.Contains(tool);

    /// <summary>What would be said of the name if no such tool existed: only patterns speak of it, and nothing hides it.</summary>
    public ToolRules FindAsUnknown(string tool) => WorkOut(tool, exact: null, isHidden: false);

    private ToolRules FindUnlisted(string tool)
    {
        if (!_invented.TryGetValue(tool, out ToolRules? rules))
        {
            rules = WorkOut(tool, exact: null);
            if (tool.Length <= LongestRemembered && _invented.Count < MaxRemembered)
            {
                _invented.TryAdd(tool, rules);
            }
        }

        return rules;
    }

    private ToolRules WorkOut(string tool, CompiledEntry? exact)
    {
        bool isHidden = _hiddenExact.Contains(tool) || _hiddenGlobs.Any(pattern => pattern.Matches(tool));
        return WorkOut(tool, exact, isHidden);
    }

    private ToolRules WorkOut(string tool, CompiledEntry? exact, bool isHidden)
    {
        var entries = new List<CompiledEntry>();
        if (exact is not null)
        {
            entries.Add(exact);
        }

        entries.AddRange(_globs.Where(glob => glob.Pattern!.Matches(tool)));
        bool isNamed = entries.Count > 0;
        if (_allTools is not null)
        {
            entries.Add(_allTools);
        }

        return new ToolRules(isHidden, isNamed, entries);
    }

    /// <summary>A tool that an entry names, with what is said of it once somebody has asked. Two who ask at once work out the same.</summary>
    private sealed class ListedTool(CompiledEntry entry)
    {
        public CompiledEntry Entry { get; } = entry;

        public ToolRules? Rules { get; set; }
    }
}
