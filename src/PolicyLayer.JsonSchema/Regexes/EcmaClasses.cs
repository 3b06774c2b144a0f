using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>Reads classes in square brackets by ECMA-262, and escapes that stand for a set.</summary>
/// <param name="cursor">Where to read.</param>
/// <param name="checksOnly">Whether the sets do not matter: large ones are then not copied, so that reading takes no longer than the pattern is long.</param>
internal sealed class EcmaClasses(RegexCursor cursor, bool checksOnly)
{
    /// <summary>A class in square brackets.</summary>
    public CodePointSet Bracketed()
    {
        var members = new CodePointSetBuilder();
        cursor.Take();
        bool negated = cursor.TryTake('^');
        while (cursor.Error is null && (cursor.AtEnd || cursor.Current != ']'))
        {
            if (cursor.AtEnd)
            {
                cursor.Fail("a `[` is not closed");
            }
            else
            {
                Item(members);
            }
        }

        cursor.Take();
        CodePointSet set = members.ToSet();
        return negated ? set.Complement() : set;
    }

    /// <summary>Reads <c>\d</c>, <c>\p{L}</c> and their like, or nothing.</summary>
    public CodePointSet? Named()
    {
        if (cursor.Current != '\\')
        {
            return null;
        }

        if (cursor.Next is 'p' or 'P')
        {
            return Property();
        }

        if (EcmaSets.Find(cursor.Next) is not { } set)
        {
            return null;
        }

        cursor.Position += 2;
        return set;
    }

    /// <summary>A character, a set, or a range. A <c>-</c> beside a set stands for itself, as web browsers read it (ECMA-262, annex B).</summary>
    private void Item(CodePointSetBuilder members)
    {
        CodePointSet? low = Named();
        int first = low is null ? EcmaEscapes.CodePoint(cursor, inClass: true) : '-';
        if (cursor.Current != '-' || cursor.Position + 1 >= cursor.Pattern.Length || cursor.Next == ']')
        {
            Add(members, low, first, first);
            return;
        }

        cursor.Take();
        CodePointSet? high = Named();
        int last = high is null ? EcmaEscapes.CodePoint(cursor, inClass: true) : '-';
        if (low is null && high is null)
        {
            if (first > last)
            {
                cursor.Fail("a range in `[…]` ends before it begins");
            }

            Add(members, null, Math.Min(first, last), last);
            return;
        }

        Add(members, low, first, first);
        Add(members, high, last, last);
        members.Add('-', '-');
    }

    private static void Add(CodePointSetBuilder members, CodePointSet? set, int first, int last)
    {
        if (set is null)
        {
            members.Add(first, last);
        }
        else
        {
            members.Add(set);
        }
    }

    private CodePointSet? Property()
    {
        ReadOnlySpan<char> rest = cursor.Rest[2..];
        int end = rest.IndexOf('}');
        if (rest is not ['{', ..] || end < 0)
        {
            // It is an escape like any other then, and wrong.
            return null;
        }

        bool negated = cursor.Next == 'P';
        string name = rest[1..end].ToString();
        cursor.Position += end + 3;
        if (EcmaProperties.Find(name) is not { } set)
        {
            cursor.Fail($"{Quoted.InBackticks($"\\p{{{name}}}")} is not known: general categories are, such as `\\p{{L}}` or `\\p{{Uppercase_Letter}}`, no scripts or other properties");
            return CodePointSet.Everything;
        }

        return checksOnly ? CodePointSet.Everything : negated ? set.Complement() : set;
    }
}
