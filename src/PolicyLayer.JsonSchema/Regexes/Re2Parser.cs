using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>Reads a pattern by RE2's grammar: sequences, alternatives, groups and repetitions. Characters and classes are read by <see cref="Re2Escapes"/> and <see cref="Re2Classes"/>.</summary>
internal sealed class Re2Parser
{
    private readonly RegexCursor _cursor;
    private readonly Re2Groups _groups;
    private Re2Flags _flags;
    private int _depth;

    private Re2Parser(string pattern, CaseFolding folding)
    {
        _cursor = new RegexCursor(pattern);
        _groups = new Re2Groups(_cursor);
        _flags = new Re2Flags(folding, DotMatchesLineFeed: false, Lines: false);
    }

    /// <summary>Reads a pattern as a tree, or says what is wrong.</summary>
    public static bool TryParse(string pattern, CaseFolding folding, [NotNullWhen(true)] out RegexNode? node, [NotNullWhen(false)] out string? error)
    {
        var parser = new Re2Parser(pattern, folding);
        node = parser.Alternatives();
        if (!parser._cursor.AtEnd)
        {
            parser._cursor.FailPattern("a `)` closes nothing");
        }

        error = parser._cursor.Error;
        return error is null;
    }

    /// <summary>Reads up to the end of the group, which is left to the caller.</summary>
    private RegexNode Alternatives()
    {
        var branches = new List<RegexNode>();
        do
        {
            branches.Add(Sequence());
        }
        while (_cursor.TryTake('|'));

        return Bounded(RegexNodes.Choice(branches));
    }

    private RegexNode Sequence()
    {
        var parts = new List<RegexNode>();
        while (_cursor.Error is null && !_cursor.AtEnd && _cursor.Current is not ('|' or ')'))
        {
            if (_cursor.TryTake(@"\Q"))
            {
                Quoted(parts);
            }
            else if (Atom() is { } atom)
            {
                parts.Add(Repeated(atom));
            }
        }

        return RegexNodes.Sequence(parts);
    }

    /// <summary>Everything up to <c>\E</c> or the end stands for itself; a repetition behind it is of its last character.</summary>
    private void Quoted(List<RegexNode> parts)
    {
        int before = parts.Count;
        while (_cursor.Error is null && !_cursor.AtEnd && !_cursor.TryTake(@"\E"))
        {
            parts.Add(Re2Escapes.Literal(_cursor, _flags.Folding));
        }

        if (parts.Count > before)
        {
            parts[^1] = Repeated(parts[^1]);
        }
    }

    /// <summary>Reads one thing that can be repeated; null for a change of flags, which cannot.</summary>
    private RegexNode? Atom()
    {
        switch (_cursor.Current)
        {
            case '(':
                return Group();
            case '[':
                return new RegexNode.Characters(Re2Classes.Bracketed(_cursor, _flags.Folding));
            case '.':
                _cursor.Take();
                return new RegexNode.Characters(_flags.DotMatchesLineFeed ? CodePointSet.Everything : CodePointSet.AllButLineFeed);
            case '^':
                _cursor.Take();
                return new RegexNode.Assertion(_flags.Lines ? RegexAssertion.LineStart : RegexAssertion.TextStart);
            case '$':
                _cursor.Take();
                return new RegexNode.Assertion(_flags.Lines ? RegexAssertion.LineEnd : RegexAssertion.TextEnd);
            case '*' or '+' or '?':
                _cursor.FailPattern($"nothing stands before a `{_cursor.Current}`");
                return null;
            case '{' when RegexCounts.TryRead(_cursor, out _, out _):
                _cursor.FailPattern("nothing stands before a repetition");
                return null;
            case '\\' when Assertion(_cursor.Next) is { } assertion:
                _cursor.Position += 2;
                return new RegexNode.Assertion(assertion);
            default:
                return Re2Classes.Named(_cursor, _flags.Folding) is { } named
                    ? new RegexNode.Characters(named)
                    : Re2Escapes.Character(_cursor, _flags.Folding);
        }
    }

    private static RegexAssertion? Assertion(char letter) => letter switch
    {
        'A' => RegexAssertion.TextStart,
        'z' => RegexAssertion.TextEnd,
        'b' => RegexAssertion.WordBoundary,
        'B' => RegexAssertion.NoWordBoundary,
        _ => null,
    };

    private RegexNode? Group()
    {
        Re2Flags outside = _flags;
        _cursor.Take();
        if (_cursor.TryTake('?') && !_groups.TryReadHead(ref _flags))
        {
            return null;
        }

        if (++_depth > RegexNode.MaxDepth)
        {
            _cursor.Fail(string.Create(CultureInfo.InvariantCulture, $"a regex has at most {RegexNode.MaxDepth} groups inside each other"));
            return null;
        }

        RegexNode inner = Alternatives();
        if (!_cursor.TryTake(')'))
        {
            _cursor.FailPattern("a `(` is not closed");
        }

        _depth--;
        _flags = outside;
        return inner;
    }

    /// <summary>Reads a repetition of what was just read, if there is one.</summary>
    private RegexNode Repeated(RegexNode atom)
    {
        if (_cursor.Error is not null || !RegexCounts.TryRead(_cursor, out int least, out int? most))
        {
            return atom;
        }

        _ = _cursor.TryTake('?');
        if (least > RegexCounts.Max || most > RegexCounts.Max || most < least)
        {
            _cursor.FailPattern(string.Create(CultureInfo.InvariantCulture, $"a repetition goes up to {RegexCounts.Max}, the smaller number first"));
            return atom;
        }

        if (RegexCounts.TryRead(_cursor, out _, out _))
        {
            _cursor.FailPattern("a repetition is repeated; put the inner one in brackets (there are no possessive repetitions)");
            return atom;
        }

        return Bounded(RegexNodes.Repetition(atom, least, most));
    }

    /// <summary>Refuses a part that has grown too large before it can be repeated once more.</summary>
    private RegexNode Bounded(RegexNode node)
    {
        if (node.Size > RegexProgram.MaxSize)
        {
            _cursor.Fail($"`{_cursor.Pattern}` grows too large to match in linear time; use smaller repetitions");
            return RegexNode.Empty.Instance;
        }

        return node;
    }
}
