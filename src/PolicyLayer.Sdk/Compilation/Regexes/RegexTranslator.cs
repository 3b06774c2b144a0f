using System.Globalization;
using System.Text;

namespace PolicyLayer.Sdk.Compilation.Regexes;

/// <summary>Reads a pattern by RE2's grammar and writes it anew for .NET: only groups, alternatives and repetitions are common to both, every character becomes a set.</summary>
/// <remarks>Groups do not capture and repetitions are not lazy: neither changes whether a text matches.</remarks>
internal sealed class RegexTranslator(string pattern)
{
    private const int MaxRepeat = 1000;
    private const int MaxDepth = 100;

    /// <summary>How many characters and sets the pattern may have when its repetitions are written out: in the worst case each character of a text costs as many steps.</summary>
    private const int MaxSize = 5_000;

    private readonly RegexScanner _scanner = new(pattern);
    private readonly StringBuilder _output = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _ignoreCase;
    private bool _dotMatchesLineFeed;
    private int _depth;

    /// <summary>How many sets and how many anchors were written so far: whether a part takes characters, or says anything at all.</summary>
    private (int Sets, int Anchors) _written;

    /// <summary>What is wrong, or null.</summary>
    public string? Error => _scanner.Error;

    public string Translate()
    {
        Alternatives();
        if (Error is null && !_scanner.AtEnd)
        {
            _scanner.Fail($"`{pattern}` is not a regex: a `)` closes nothing");
        }

        return _output.ToString();
    }

    /// <summary>Reads up to the end of the group, which is left to the caller; answers its size.</summary>
    /// <remarks>An empty alternative is written as an option of the others: to <c>(?:b+|)+</c> .NET finds no match in any text, although the empty one is always there.</remarks>
    private long Alternatives()
    {
        long size = 0;
        int start = _output.Length;
        (int Sets, int Anchors) first = _written;
        bool hasEmpty = false;
        do
        {
            int end = _output.Length;
            (int, int) before = _written;
            _output.Append(end > start ? "|" : string.Empty);
            size += Sequence();
            if (_written == before)
            {
                hasEmpty = true;
                _output.Length = end;
            }
        }
        while (_scanner.TryTake('|'));

        if (hasEmpty && _written.Sets == first.Sets)
        {
            _output.Length = start;
            _written = first;
        }
        else if (hasEmpty)
        {
            _output.Insert(start, "(?:").Append("){0,1}");
        }

        return size;
    }

    private long Sequence()
    {
        long size = 0;
        while (Error is null && !_scanner.AtEnd && _scanner.Current is not ('|' or ')'))
        {
            int start = _output.Length;
            (int Sets, int Anchors) before = _written;
            long one = Atom();
            if (!TryRepeat(one, out int least, out int? most))
            {
                size += Math.Max(0, one);
            }
            else if (most == 0 || (least == 0 && _written.Sets == before.Sets))
            {
                // What must not be there, or takes nothing and need not be there, says nothing.
                _output.Length = start;
                _written = before;
            }
            else if (_written.Sets == before.Sets)
            {
                // What takes nothing holds once or as often as you like.
                size += Math.Max(0, one);
            }
            else
            {
                _output.Insert(start, "(?:").Append(CultureInfo.InvariantCulture, $"){{{least},{most}}}");
                size += Math.Max(1, one) * Math.Max(1, most ?? (least + 1));
            }

            if (size > MaxSize)
            {
                _scanner.Fail($"`{pattern}` grows too large to match in linear time; use smaller repetitions");
            }
        }

        return size;
    }

    /// <summary>Reads one thing that can be repeated and writes it so; -1 for a change of flags, which cannot.</summary>
    private long Atom()
    {
        switch (_scanner.Current)
        {
            case '(':
                return Group();
            case '[':
                return Set(_scanner.Class(_ignoreCase));
            case '.':
                _scanner.Take();
                return Set(_dotMatchesLineFeed ? CodePointSet.Everything : CodePointSet.AllButLineFeed);
            case '^':
                _scanner.Take();
                return Anchor(@"(?:\A)");
            case '$':
                _scanner.Take();
                return Anchor(@"(?:\z)");
            case '*' or '+' or '?':
                _scanner.Fail($"`{pattern}` is not a regex: nothing stands before a `{_scanner.Current}`");
                return 0;
            case '{' when _scanner.TryRepeat(out _, out _):
                _scanner.Fail($"`{pattern}` is not a regex: nothing stands before a repetition");
                return 0;
            case '\\' when _scanner.TryTake(@"\A"):
                return Anchor(@"(?:\A)");
            case '\\' when _scanner.TryTake(@"\z"):
                return Anchor(@"(?:\z)");
            default:
                return Set(_scanner.Character(_ignoreCase));
        }
    }

    private int Set(CodePointSet set)
    {
        _written.Sets++;
        return set.Write(_output);
    }

    private int Anchor(string anchor)
    {
        _written.Anchors++;
        _output.Append(anchor);
        return 1;
    }

    private long Group()
    {
        (bool ignoreCase, bool dotMatchesLineFeed) = (_ignoreCase, _dotMatchesLineFeed);
        _scanner.Take();
        bool opens = !_scanner.TryTake('?') || Head();
        if (Error is not null)
        {
            return 0;
        }

        if (!opens)
        {
            return -1;
        }

        if (++_depth > MaxDepth)
        {
            _scanner.Fail(string.Create(CultureInfo.InvariantCulture, $"a regex has at most {MaxDepth} groups inside each other"));
            return 0;
        }

        int start = _output.Length;
        (int, int) before = _written;
        _output.Append("(?:");
        long size = Alternatives();
        _output.Append(')');
        if (_written == before)
        {
            _output.Length = start;
        }

        if (Error is null && !_scanner.TryTake(')'))
        {
            _scanner.Fail($"`{pattern}` is not a regex: a `(` is not closed");
        }

        _depth--;
        (_ignoreCase, _dotMatchesLineFeed) = (ignoreCase, dotMatchesLineFeed);
        return size + 1;
    }

    /// <summary>Reads what follows <c>(?</c>: whether a group begins, or only flags change for the rest of the group around.</summary>
    private bool Head()
    {
        string head = _scanner.TakeHead();
        switch (head)
        {
            case ":":
                return true;
            case ['P', '<', .. var name, '>'] when IsName(name):
                return true;
            case ['<', .. var name, '>'] when IsName(name):
                return true;
            case [.. var flags, ':' or ')'] when Flags(flags):
                return head[^1] == ':';
            default:
                _scanner.Fail($"`(?{head}` is not supported: no look-around, no atomic groups, no conditions, and of flags only `i` and `s`");
                return false;
        }
    }

    private bool IsName(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') && _names.Add(name);

    private bool Flags(string flags)
    {
        bool on = true;
        bool any = false;
        (bool ignoreCase, bool dotMatchesLineFeed) = (_ignoreCase, _dotMatchesLineFeed);
        foreach (char flag in flags)
        {
            switch (flag)
            {
                case 'i':
                    (ignoreCase, any) = (on, true);
                    break;
                case 's':
                    (dotMatchesLineFeed, any) = (on, true);
                    break;
                case '-' when on:
                    (on, any) = (false, false);
                    break;
                default:
                    return false;
            }
        }

        (_ignoreCase, _dotMatchesLineFeed) = (ignoreCase, dotMatchesLineFeed);
        return any;
    }

    /// <summary>Reads a repetition of what was just written, if there is one.</summary>
    private bool TryRepeat(long size, out int least, out int? most)
    {
        (least, most) = (0, null);
        if (Error is not null || !_scanner.TryRepeat(out least, out most))
        {
            return false;
        }

        _ = _scanner.TryTake('?');
        if (size < 0)
        {
            _scanner.Fail($"`{pattern}` is not a regex: nothing stands before a repetition");
        }
        else if (least > MaxRepeat || most > MaxRepeat || most < least)
        {
            _scanner.Fail(string.Create(CultureInfo.InvariantCulture, $"`{pattern}` is not a regex: a repetition goes up to {MaxRepeat}, the smaller number first"));
        }
        else if (_scanner.TryRepeat(out _, out _))
        {
            _scanner.Fail($"`{pattern}` is not a regex: a repetition is repeated; put the inner one in brackets");
        }

        return true;
    }
}
