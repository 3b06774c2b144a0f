namespace PolicyLayer.Schemas.Regexes;

/// <summary>Puts a set together from ranges and other sets. A large one that is named again and again is taken once.</summary>
internal sealed class CodePointSetBuilder
{
    private readonly List<(int First, int Last)> _ranges = [];
    private HashSet<CodePointSet>? _taken;

    public void Add(int first, int last) => _ranges.Add((first, last));

    public void Add(CodePointSet set)
    {
        // One range costs less than to find out whether it is there.
        if (set.Bounds.Length <= 2 || (_taken ??= new(ReferenceEqualityComparer.Instance)).Add(set))
        {
            set.CopyTo(_ranges);
        }
    }

    public CodePointSet ToSet() => CodePointSet.Of(_ranges);
}
