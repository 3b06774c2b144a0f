using System.Globalization;
using System.Text;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>Reads what stands behind <c>(</c> and what refers to groups, by ECMA-262.</summary>
internal sealed class EcmaGroups(RegexCursor cursor)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _namesReferredTo = new(StringComparer.Ordinal);
    private int _count;
    private int _greatestReferredTo;

    /// <summary>Reads what makes a group one of some kind.</summary>
    public void ReadHead()
    {
        if (!cursor.TryTake('?'))
        {
            _count++;
        }
        else if (LookAround() is { } mark)
        {
            cursor.Refuse($"`(?{mark}` is look-around, which no linear-time engine has; a second pattern under `allOf` or `not` can often say the same");
        }
        else if (cursor.TryTake('<'))
        {
            _count++;
            if (Name() is { } name && !_names.Add(name))
            {
                cursor.Fail($"two groups have the name {Quoted.InBackticks(name)}");
            }
        }
        else if (!cursor.TryTake(':'))
        {
            Modifiers();
        }
    }

    /// <summary>Reads <c>\1</c> or <c>\k&lt;name&gt;</c>, and refuses it; or reads nothing.</summary>
    public bool TryReadReference()
    {
        if (cursor.Current != '\\' || cursor.Next is not ((>= '1' and <= '9') or 'k'))
        {
            return false;
        }

        cursor.Take();
        int start = cursor.Position;
        if (cursor.TryTake("k<"))
        {
            _namesReferredTo.Add(Name() ?? "");
        }
        else if (cursor.Current == 'k')
        {
            cursor.Position = start - 1;
            return false;
        }
        else
        {
            int length = cursor.Rest.IndexOfAnyExceptInRange('0', '9');
            ReadOnlySpan<char> digits = length < 0 ? cursor.Rest : cursor.Rest[..length];
            _greatestReferredTo = Math.Max(_greatestReferredTo, digits.Length > 6 ? int.MaxValue : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
            cursor.Position += digits.Length;
        }

        cursor.Refuse($"{Quoted.InBackticks($"\\{cursor.Pattern[start..cursor.Position]}")} is a back-reference, which no linear-time engine has; write out what it may repeat");
        return true;
    }

    /// <summary>Fails when something refers to a group that is not there.</summary>
    public void CheckReferences()
    {
        if (_greatestReferredTo > _count || !_namesReferredTo.IsSubsetOf(_names))
        {
            cursor.Fail("a back-reference is to a group that is not there");
        }
    }

    private string? LookAround() =>
        cursor.TryTake('=') ? "=" : cursor.TryTake('!') ? "!" : cursor.TryTake("<=") ? "<=" : cursor.TryTake("<!") ? "<!" : null;

    private void Modifiers()
    {
        int length = cursor.Rest.IndexOfAnyExcept("ims-");
        ReadOnlySpan<char> letters = length < 0 ? cursor.Rest : cursor.Rest[..length];
        ReadOnlySpan<char> once = letters.Count('-') <= 1 ? letters : [];
        if (once.Trim('-').IsEmpty || HasTwice(once) || length < 0 || cursor.Rest[length] != ':')
        {
            cursor.Fail("`(?` must be followed by `:` or by a name, as in `(?<name>…)`");
            return;
        }

        cursor.Refuse($"`(?{letters}:` is not supported: a pattern has no flags; write out both cases, as in `[aA]`");
        cursor.Position += length + 1;
    }

    private static bool HasTwice(ReadOnlySpan<char> letters)
    {
        for (int i = 1; i < letters.Length; i++)
        {
            if (letters[..i].Contains(letters[i]))
            {
                return true;
            }
        }

        return false;
    }

    private string? Name()
    {
        int length = cursor.Rest.IndexOf('>');
        ReadOnlySpan<char> name = length < 0 ? [] : cursor.Rest[..length];
        if (!IsIdentifier(name))
        {
            cursor.Fail("the name of a group must be letters, digits, `_` and `$`, no digit first, and end with `>`");
            return null;
        }

        cursor.Position += length + 1;
        return name.ToString();
    }

    private static bool IsIdentifier(ReadOnlySpan<char> name)
    {
        bool first = true;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool isStart = rune.Value is '$' or '_' || Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;
            bool isPart = isStart || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
            if (first ? !isStart : !isPart)
            {
                return false;
            }

            first = false;
        }

        return !first;
    }
}
