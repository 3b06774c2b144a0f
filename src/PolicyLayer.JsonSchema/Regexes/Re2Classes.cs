namespace PolicyLayer.Schemas.Regexes;

/// <summary>Reads classes in square brackets, and escapes that stand for a set.</summary>
internal static class Re2Classes
{
    /// <summary>A class in square brackets. Case is folded before it is negated.</summary>
    public static CodePointSet Bracketed(RegexCursor cursor, CaseFolding folding)
    {
        var members = new CodePointSetBuilder();
        cursor.Take();
        bool negated = cursor.TryTake('^');
        for (bool first = true; cursor.Error is null && (first || cursor.Current != ']'); first = false)
        {
            if (cursor.AtEnd)
            {
                cursor.FailPattern("a `[` is not closed");
            }
            else
            {
                members.Add(Posix(cursor, folding) ?? Named(cursor, folding) ?? Range(cursor, folding));
            }
        }

        cursor.Take();
        CodePointSet set = members.ToSet();
        return negated ? set.Complement() : set;
    }

    /// <summary>Reads <c>\d</c>, <c>\pL</c> and their like, or nothing.</summary>
    public static CodePointSet? Named(RegexCursor cursor, CaseFolding folding)
    {
        if (cursor.Current != '\\')
        {
            return null;
        }

        if (cursor.Next is 'p' or 'P')
        {
            return Category(cursor, folding);
        }

        if (AsciiSets.Perl(char.ToLowerInvariant(cursor.Next)) is not { } set)
        {
            return null;
        }

        bool negated = char.IsAsciiLetterUpper(cursor.Next);
        cursor.Position += 2;
        return Folded(set, folding, negated);
    }

    private static CodePointSet Range(RegexCursor cursor, CaseFolding folding)
    {
        int low = Re2Escapes.CodePoint(cursor);
        int high = low;
        if (cursor.Current == '-' && cursor.Position + 1 < cursor.Pattern.Length && cursor.Next != ']')
        {
            cursor.Take();
            high = Re2Escapes.CodePoint(cursor);
        }

        if (low > high)
        {
            cursor.FailPattern("a range ends before it begins");
            high = low;
        }

        return Folded(CodePointSet.Of(low, high), folding, negated: false);
    }

    private static CodePointSet? Posix(RegexCursor cursor, CaseFolding folding)
    {
        int length = cursor is { Current: '[', Next: ':' } ? cursor.Rest[2..].IndexOf(":]", StringComparison.Ordinal) : -1;
        if (length < 0)
        {
            return null;
        }

        string name = cursor.Rest.Slice(2, length).ToString();
        bool negated = name.StartsWith('^');
        if (AsciiSets.Posix(negated ? name[1..] : name) is not { } set)
        {
            cursor.Fail($"`[:{name}:]` is not a class of characters here");
            return CodePointSet.Everything;
        }

        cursor.Position += length + 4;
        return Folded(set, folding, negated);
    }

    private static CodePointSet Category(RegexCursor cursor, CaseFolding folding)
    {
        bool negated = cursor.Next == 'P';
        cursor.Position += 2;
        int length = 1;
        if (cursor.TryTake('{'))
        {
            length = cursor.Rest.IndexOf('}');
        }

        if (length < 0 || cursor.AtEnd)
        {
            cursor.FailPattern("a `\\p` lacks its name, as in `\\pL` or `\\p{Lu}`");
            return CodePointSet.Everything;
        }

        string name = cursor.Rest[..length].ToString();
        cursor.Position += length;
        _ = cursor.TryTake('}');
        bool twice = name.StartsWith('^');
        if (UnicodeCategories.Find(twice ? name[1..] : name) is not { } set)
        {
            cursor.Fail($"`\\p{{{name}}}` is not supported in a regex here: only general categories are, such as `\\pL` or `\\p{{Lu}}`, no scripts or other properties");
            return CodePointSet.Everything;
        }

        return Folded(set, folding, negated != twice);
    }

    private static CodePointSet Folded(CodePointSet set, CaseFolding folding, bool negated)
    {
        CodePointSet folded = CaseOrbits.Close(set, folding);
        return negated ? folded.Complement() : folded;
    }
}
