using System.Text;
using PolicyLayer.Sdk.Compilation.Paths;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting.Demands;

/// <summary>The plain conditions that must all hold at once, by the value that they look at.</summary>
internal sealed class Conjunction
{
    private readonly Dictionary<string, List<ConditionDemand>> _byPath = new(StringComparer.Ordinal);

    /// <summary>The demands on each value, in the order of the document.</summary>
    public IReadOnlyCollection<List<ConditionDemand>> Groups => _byPath.Values;

    /// <summary>What all rules of an entry's <c>require</c> demand, for each of them must hold.</summary>
    public static IReadOnlyList<ConditionDemand> OfRequire(DocumentNode entry)
    {
        var required = new Conjunction();
        foreach (DocumentNode rule in entry.Find("require")?.Children ?? [])
        {
            required.Add(rule.Find("conditions")!, everyValue: true);
        }

        return [.. required.Groups.SelectMany(static group => group)];
    }

    /// <summary>Adds the conditions of a rule, and those within <c>all</c>; what stands within <c>any</c> and <c>not</c> need not hold.</summary>
    /// <param name="list">Conditions.</param>
    /// <param name="everyValue">Whether a path with <c>*</c> means every value; else any is enough, and two conditions may mean two of them.</param>
    public void Add(DocumentNode list, bool everyValue)
    {
        foreach (DocumentNode condition in list.Children)
        {
            if (condition.Find("all") is { } group)
            {
                Add(group, everyValue);
            }
            else if (condition.Find("path") is { } written && PathParser.TryParse(written.Text!, out ValuePath? path, out _) && (everyValue || !path.HasEvery))
            {
                var demand = new ConditionDemand(condition, path);
                string key = KeyOf(path);
                if (!demand.IsEmpty && !_byPath.TryAdd(key, [demand]))
                {
                    _byPath[key].Add(demand);
                }
            }
        }
    }

    /// <summary>One text for each value, however its path is written.</summary>
    public static string KeyOf(ValuePath path) => KeyOf(path.Root, path.Segments);

    /// <summary>The same for the first steps of a path.</summary>
    public static string KeyOf(PathRoot root, ReadOnlySpan<PathSegment> segments)
    {
        var key = new StringBuilder(root.ToString());
        foreach (PathSegment segment in segments)
        {
            key.Append(segment.IsEvery ? '\u0001' : '\u0000').Append(segment.Name);
        }

        return key.ToString();
    }
}
