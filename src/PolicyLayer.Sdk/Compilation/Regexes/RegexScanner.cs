using System.Globalization;
using System.Text;

namespace PolicyLayer.Sdk.Compilation.Regexes;

/// <summary>Reads the small parts of an RE2 pattern: characters, escapes, classes, counts.</summary>
internal sealed class RegexScanner(string pattern)
{
    private int _position;

    /// <summary>The first thing that is wrong, or null.</summary>
    public string? Error { get; private set; }

    public bool AtEnd => _position >= pattern.Length;

    public char Current => AtEnd ? '\0' : pattern[_position];

    public void Fail(string error) => Error ??= error;

    public void Take() => _position++;

    public bool TryTake(char c) => !AtEnd && pattern[_position] == c && ++_position > 0;

    public bool TryTake(string text)
    {
        bool found = pattern.AsSpan(_position).StartsWith(text, StringComparison.Ordinal);
        _position += found ? text.Length : 0;
        return found;
    }

    /// <summary>What follows <c>(?</c>, through the character that ends a group's head.</summary>
    public string TakeHead()
    {
        int start = _position;
        int length = pattern.AsSpan(start).IndexOfAny(":)>=!");
        _position = length < 0 ? pattern.Length : start + length + 1;
        return pattern[start.._position];
    }

    /// <summary>Reads <c>*</c>, <c>+</c>, <c>?</c> or <c>{n,m}</c>, or nothing. Braces that hold no counts are characters.</summary>
    public bool TryRepeat(out int least, out int? most)
    {
        (least, most) = (0, null);
        switch (Current)
        {
            case '*':
                break;
            case '+':
                least = 1;
                break;
            case '?':
                most = 1;
                break;
            case '{':
                return TryCounts(out least, out most);
            default:
                return false;
        }

        Take();
        return true;
    }

    /// <summary>One character, or an escape for one or for a set.</summary>
    public CodePointSet Character(bool ignoreCase)
    {
        var set = new CodePointSet();
        if (NamedSet(ignoreCase) is { } named)
        {
            set.Add(named);
        }
        else
        {
            int codePoint = CodePoint();
            set.Add(codePoint, codePoint);
            Fold(set, ignoreCase);
        }

        return set;
    }

    /// <summary>A class in square brackets.</summary>
    public CodePointSet Class(bool ignoreCase)
    {
        var set = new CodePointSet();
        Take();
        bool negated = TryTake('^');
        for (bool first = true; Error is null && (first || Current != ']'); first = false)
        {
            if (AtEnd)
            {
                Fail($"`{pattern}` is not a regex: a `[` is not closed");
            }
            else if ((PosixSet(ignoreCase) ?? NamedSet(ignoreCase)) is { } named)
            {
                set.Add(named);
            }
            else
            {
                set.Add(Range(ignoreCase));
            }
        }

        Take();
        return negated ? set.Complement() : set;
    }

    private CodePointSet Range(bool ignoreCase)
    {
        int low = CodePoint();
        int high = low;
        if (Current == '-' && _position + 1 < pattern.Length && pattern[_position + 1] != ']')
        {
            Take();
            high = CodePoint();
        }

        var set = new CodePointSet();
        if (low > high)
        {
            Fail($"`{pattern}` is not a regex: a range ends before it begins");
        }
        else
        {
            set.Add(low, high);
            Fold(set, ignoreCase);
        }

        return set;
    }

    private CodePointSet? PosixSet(bool ignoreCase)
    {
        int end = Current == '[' && _position + 1 < pattern.Length && pattern[_position + 1] == ':' ? pattern.IndexOf(":]", _position + 2, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            return null;
        }

        string name = pattern[(_position + 2)..end];
        bool negated = name.StartsWith('^');
        CodePointSet? set = RegexSets.Posix(negated ? name[1..] : name);
        if (set is null)
        {
            Fail($"`[:{name}:]` is not a class of characters here");
            return new CodePointSet();
        }

        _position = end + 2;
        Fold(set, ignoreCase);
        return negated ? set.Complement() : set;
    }

    /// <summary>Reads <c>\d</c> and its like, or nothing.</summary>
    private CodePointSet? NamedSet(bool ignoreCase)
    {
        if (Current != '\\' || _position + 1 >= pattern.Length || RegexSets.Perl(char.ToLowerInvariant(pattern[_position + 1])) is not { } set)
        {
            return null;
        }

        bool negated = char.IsAsciiLetterUpper(pattern[_position + 1]);
        _position += 2;
        Fold(set, ignoreCase);
        return negated ? set.Complement() : set;
    }

    private int CodePoint()
    {
        if (AtEnd)
        {
            Fail($"`{pattern}` is not a regex: it ends too early");
            return 0;
        }

        if (TryTake('\\'))
        {
            return Escape();
        }

        if (!Rune.TryGetRuneAt(pattern, _position, out Rune rune))
        {
            Fail("a regex must not hold half of a surrogate pair");
            return 0;
        }

        _position += rune.Utf16SequenceLength;
        return rune.Value;
    }

    private int Escape()
    {
        char c = Current;
        Take();
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'x' when Hexadecimal() is { } codePoint:
                return codePoint;
            case > '\0' and < '\x80' when !char.IsAsciiLetterOrDigit(c):
                return c;
            case '\0':
                Fail($"`{pattern}` is not a regex: nothing to escape stands behind a `\\`");
                return 0;
            default:
                Fail(c is >= '1' and <= '9'
                    ? $"`\\{c}` is a back-reference, which no linear-time engine has"
                    : $"`\\{c}` is not supported in a regex here");
                return 0;
        }
    }

    /// <summary>Two digits, or some in braces.</summary>
    private int? Hexadecimal()
    {
        int end = Current == '{' ? pattern.IndexOf('}', _position) : _position + 2;
        int start = Current == '{' ? _position + 1 : _position;
        if (end < 0 || end > pattern.Length
            || !int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int codePoint)
            || !Rune.IsValid(codePoint))
        {
            return null;
        }

        _position = Current == '{' ? end + 1 : end;
        return codePoint;
    }

    private bool TryCounts(out int least, out int? most)
    {
        (least, most) = (0, null);
        int end = pattern.IndexOf('}', _position);
        if (end < 0)
        {
            return false;
        }

        string[] counts = pattern[(_position + 1)..end].Split(',');
        if (counts.Length > 2 || !TryCount(counts[0], out least))
        {
            return false;
        }

        most = least;
        if (counts.Length == 2)
        {
            most = null;
            if (counts[1].Length > 0)
            {
                if (!TryCount(counts[1], out int upper))
                {
                    return false;
                }

                most = upper;
            }
        }

        _position = end + 1;
        return true;
    }

    /// <summary>A count; one with too many digits is read as far too large.</summary>
    private static bool TryCount(string digits, out int count)
    {
        count = 0;
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
        {
            return false;
        }

        count = digits.Length > 6 ? int.MaxValue : int.Parse(digits, CultureInfo.InvariantCulture);
        return true;
    }

    private static void Fold(CodePointSet set, bool ignoreCase)
    {
        if (ignoreCase)
        {
            CaseOrbits.Close(set);
        }
    }
}
