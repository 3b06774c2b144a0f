namespace PolicyLayer.Schemas.Regexes;

/// <summary>What a pattern will take in memory, told from its tree, before anything is written out.</summary>
internal static class RegexWeight
{
    /// <summary>So many bounds of sets take about as much as a position.</summary>
    private const int BoundsOfPosition = 16;

    /// <summary>About as many positions as the pattern has when its repetitions are written out, and more for large sets such as <c>\p{L}</c>.</summary>
    public static int Of(RegexNode node)
    {
        var sets = new HashSet<CodePointSet>();
        Collect(node, sets);
        return RegexProgram.SizeOf(node) + (sets.Sum(static set => set.Bounds.Length) / BoundsOfPosition);
    }

    private static void Collect(RegexNode node, HashSet<CodePointSet> sets)
    {
        switch (node)
        {
            case RegexNode.Characters characters:
                sets.Add(characters.Set);
                break;
            case RegexNode.Sequence sequence:
                Array.ForEach(sequence.Parts, part => Collect(part, sets));
                break;
            case RegexNode.Choice choice:
                Array.ForEach(choice.Branches, branch => Collect(branch, sets));
                break;
            case RegexNode.Repetition repetition:
                Collect(repetition.Inner, sets);
                break;
        }
    }
}
