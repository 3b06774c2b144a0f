using System.Text;
using System.Text.Json;
using PolicyLayer.Schemas.Values;
using PolicyLayer.Sdk.Parsing;

namespace PolicyLayer.Sdk.Linting;

/// <summary>Finds limits that name one counter, and so count together, but hardly mean to.</summary>
internal sealed class CounterLints(DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, Use> _first = new(StringComparer.Ordinal);

    /// <summary>The counters that several limits name.</summary>
    public static HashSet<string> Shared(IEnumerable<DocumentNode> entries) =>
        [.. entries.SelectMany(static entry => (entry.Find("limits")?.Children ?? []).Select(static limit => limit.Find("counter")!.Text!)).GroupBy(static counter => counter, StringComparer.Ordinal).Where(static uses => uses.Skip(1).Any()).Select(static uses => uses.Key)];

    public void Lint(DocumentNode entry)
    {
        foreach (DocumentNode limit in entry.Find("limits")?.Children ?? [])
        {
            Add(limit.Find("counter")!.Text!, new Use(entry, limit, limit.Find("counter")!));
        }

        if (entry.Find("rate_limit") is { } rate)
        {
            Add(entry.Name + "_rate", new Use(entry, rate, rate));
        }
    }

    private void Add(string counter, Use use)
    {
        if (!_first.TryAdd(counter, use) && Problem(counter, use, _first[counter]) is { } problem)
        {
            string where = use.Entry == _first[counter].Entry ? $"stands in two limits of `{use.Entry.Name}`" : $"counts `{use.Entry.Name}` and `{_first[counter].Entry.Name}` together";
            diagnostics.Warning(DiagnosticCodes.AccidentallyShared, use.Place, $"the counter `{counter}` {where}, but {problem}; if each has its own, name it differently");
        }
    }

    private static string? Problem(string counter, in Use here, in Use there)
    {
        if (here.IsShort != there.IsShort)
        {
            return $"it is the one that the `rate_limit` of `{(here.IsShort ? here : there).Entry.Name}` makes";
        }

        if (here.Limit.Find("amount") is null != there.Limit.Find("amount") is null && (here.AmountPath ?? there.AmountPath) is { } path)
        {
            return $"only one of them adds `{path}`, and the other 1 for each call";
        }

        if (here.Most is { } most && there.Most is { } other && !IsSame(most, other))
        {
            return $"up to `{most}` here and `{other}` there";
        }

        return IsNamedFor(here.Entry, there.Entry, counter) ?? IsNamedFor(there.Entry, here.Entry, counter);
    }

    /// <summary>A counter that is called as one tool is counts another one too, whose name does not even begin with it.</summary>
    private static string? IsNamedFor(DocumentNode owner, DocumentNode other, string counter) =>
        owner != other && (counter == owner.Name || counter == owner.Name + "_rate") && !other.Name!.StartsWith(owner.Name!, StringComparison.Ordinal)
            ? $"it is named for `{owner.Name}`"
            : null;

    private static bool IsSame(string one, string other) =>
        ExactNumber.TryCompare(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other), out int order) && order == 0;

    /// <param name="Entry">The entry that has the limit.</param>
    /// <param name="Limit">The limit.</param>
    /// <param name="Place">What a warning points at.</param>
    private readonly record struct Use(DocumentNode Entry, DocumentNode Limit, DocumentNode Place)
    {
        /// <summary>Whether it is the short form, which names its counter itself.</summary>
        public bool IsShort => Limit.Name == "rate_limit";

        public string? AmountPath => Limit.Find("amount") is { Kind: JsonValueKind.String } path ? path.Text : null;

        public string? Most => (Limit.Find("max") ?? Limit.Find("concurrent"))?.Text;
    }
}
