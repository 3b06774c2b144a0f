namespace PolicyLayer.Schemas.Tests.Suite;

/// <summary>What came out of running the suite.</summary>
internal sealed class SuiteResult
{
    private readonly SortedDictionary<string, int> _covered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _partly = [];

    public List<string> Wrong { get; } = [];

    /// <summary>Errors of refused schemas that are none of the expected kinds.</summary>
    public List<string> RefusedOtherwise { get; } = [];

    public int Tests { get; private set; }

    public int Groups { get; private set; }

    public int RefusedGroups { get; private set; }

    /// <summary>The files of which every group compiles.</summary>
    public IEnumerable<string> FullFiles => _covered.Keys.Where(file => !_partly.Contains(file));

    public void Cover(SuiteGroup group)
    {
        Groups++;
        Tests += group.Tests.Count();
        _covered[group.File] = _covered.GetValueOrDefault(group.File) + 1;
    }

    public void Refuse(SuiteGroup group, IReadOnlyList<JsonSchemaError> errors)
    {
        RefusedGroups++;
        _partly.Add(group.File);
        if (!errors.Any(error => error.Message.Contains("not supported yet", StringComparison.Ordinal)))
        {
            RefusedOtherwise.Add($"{group}: {string.Join("; ", errors)}");
        }
    }

    public string Describe() => string.Join(
        Environment.NewLine,
        [$"{Groups} groups, {Tests} tests; {RefusedGroups} groups refused; whole files: {string.Join(", ", FullFiles)}", .. RefusedOtherwise]);
}
