using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting.Names;

/// <summary>The names of the tools that there are, to find those that a pattern matches or that somebody meant.</summary>
internal sealed class ListedNames
{
    /// <summary>Each name is compared with each in lists that are no longer; in longer ones only those one edit apart are found.</summary>
    private const int ComparedOneByOne = 1000;

    private readonly string[] _sorted;
    private EditIndex? _index;
    private Dictionary<string, string>? _byKey;

    public ListedNames(ToolCatalog tools)
    {
        _sorted = [.. tools.Tools.Select(static tool => tool.Name)];
        Array.Sort(_sorted, StringComparer.Ordinal);
    }

    /// <summary>Whether the pattern matches one. Only names that begin as it does are tried.</summary>
    public bool HasMatch(ToolPattern pattern)
    {
        int literal = pattern.Text.AsSpan().IndexOfAny('*', '?');
        string prefix = literal < 0 ? pattern.Text : pattern.Text[..literal];
        int index = Array.BinarySearch(_sorted, prefix, StringComparer.Ordinal);
        for (index = index < 0 ? ~index : index; index < _sorted.Length && _sorted[index].StartsWith(prefix, StringComparison.Ordinal); index++)
        {
            if (pattern.Matches(_sorted[index]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name that somebody meant who wrote this one, or null.</summary>
    public string? Nearest(string name)
    {
        if (_index is null || _byKey is null)
        {
            _index = new EditIndex();
            _byKey = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (string listed in _sorted)
            {
                if (_byKey.TryAdd(KeyOf(listed), listed))
                {
                    _index.Add(KeyOf(listed));
                }
            }
        }

        string key = KeyOf(name);
        return _byKey.GetValueOrDefault(key)
            ?? (_sorted.Length <= ComparedOneByOne ? NearestName.Find(name, _sorted) : _index.Near(key).Order(StringComparer.Ordinal).Select(near => _byKey[near]).FirstOrDefault());
    }

    /// <summary>One text for all names that differ only in case and in what joins their words.</summary>
    public static string KeyOf(string name) =>
        name.Replace("-", string.Empty, StringComparison.Ordinal).Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
}
