namespace PolicyLayer.Schemas.Regexes;

/// <summary>Puts trees together, and leaves out what says nothing: every node but the empty one compiles to at least one instruction, so a program is built in the time of its size.</summary>
internal static class RegexNodes
{
    public static RegexNode Sequence(List<RegexNode> parts)
    {
        var flat = new List<RegexNode>(parts.Count);
        foreach (RegexNode part in parts)
        {
            if (part is RegexNode.Sequence inner)
            {
                flat.AddRange(inner.Parts);
            }
            else if (part is not RegexNode.Empty)
            {
                flat.Add(part);
            }
        }

        return flat.Count switch
        {
            0 => RegexNode.Empty.Instance,
            1 => flat[0],
            _ => new RegexNode.Sequence([.. flat]),
        };
    }

    /// <summary>Any of some; the branches of one character become one set, and the empty one stands once.</summary>
    public static RegexNode Choice(List<RegexNode> branches)
    {
        if (branches.Count == 1)
        {
            return branches[0];
        }

        var characters = new CodePointSetBuilder();
        var kept = new List<RegexNode>();
        foreach (RegexNode branch in branches)
        {
            if (branch is RegexNode.Characters one)
            {
                characters.Add(one.Set);
            }
            else if (branch is not RegexNode.Empty || !kept.Contains(RegexNode.Empty.Instance))
            {
                kept.Add(branch);
            }
        }

        if (kept.Count < branches.Count && branches.Exists(static branch => branch is RegexNode.Characters))
        {
            kept.Insert(0, new RegexNode.Characters(characters.ToSet()));
        }

        return kept.Count == 1 ? kept[0] : new RegexNode.Choice([.. kept]);
    }

    public static RegexNode Repetition(RegexNode inner, int least, int? most)
    {
        // What takes nothing and need not be there says nothing; what takes nothing holds once or as often as you like.
        if (most == 0 || inner is RegexNode.Empty || (inner.IsZeroWidth && least == 0))
        {
            return RegexNode.Empty.Instance;
        }

        if ((least, most) == (1, 1) || inner.IsZeroWidth)
        {
            return inner;
        }

        return inner is RegexNode.Repetition { Least: <= 1, Most: null } loop && least <= 1 && most is null
            ? new RegexNode.Repetition(loop.Inner, loop.Least * least, null)
            : new RegexNode.Repetition(inner, least, most);
    }
}
