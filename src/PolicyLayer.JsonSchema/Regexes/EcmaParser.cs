using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace PolicyLayer.Schemas.Regexes;

/// <summary>
/// Reads a pattern by the grammar of ECMA-262 (section 22.2.1) with the flag <c>u</c>: characters are code points. More is let through than that flag does
/// where web browsers give it one meaning without the flag: <c>\-</c> and its like, <c>]</c>, <c>{</c> and <c>}</c> that close or count nothing.
/// </summary>
internal sealed class EcmaParser
{
    private readonly RegexCursor _cursor;
    private readonly EcmaClasses _classes;
    private readonly EcmaGroups _groups;
    private int _depth;

    private EcmaParser(string pattern, bool checksOnly)
    {
        _cursor = new RegexCursor(pattern);
        _classes = new EcmaClasses(_cursor, checksOnly);
        _groups = new EcmaGroups(_cursor);
    }

    /// <summary>Reads a pattern as a tree, or says what is wrong, or what no search in linear time can do.</summary>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out RegexNode? node, [NotNullWhen(false)] out string? error)
    {
        var parser = new EcmaParser(pattern, checksOnly: false);
        node = parser.Read();
        error = parser._cursor.Error ?? parser._cursor.Unsupported;
        return error is null;
    }

    /// <summary>Whether a pattern is one, even if it uses look-around or back-references.</summary>
    public static bool IsPattern(string pattern)
    {
        var parser = new EcmaParser(pattern, checksOnly: true);
        parser.Read();
        return parser._cursor.Error is null;
    }

    private RegexNode Read()
    {
        RegexNode node = Alternatives();
        if (!_cursor.AtEnd)
        {
            _cursor.Fail("a `)` closes nothing");
        }

        _groups.CheckReferences();
        return node;
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
            parts.Add(Assertion() ?? Repeated(Atom()));
        }

        return RegexNodes.Sequence(parts);
    }

    /// <summary>Reads a condition on a place, which cannot be repeated; or nothing.</summary>
    private RegexNode.Assertion? Assertion()
    {
        (RegexAssertion Kind, int Length)? found = (_cursor.Current, _cursor.Next) switch
        {
            ('^', _) => (RegexAssertion.TextStart, 1),
            ('$', _) => (RegexAssertion.TextEnd, 1),
            ('\\', 'b') => (RegexAssertion.WordBoundary, 2),
            ('\\', 'B') => (RegexAssertion.NoWordBoundary, 2),
            _ => null,
        };
        if (found is null)
        {
            return null;
        }

        string written = _cursor.Rest[..found.Value.Length].ToString();
        _cursor.Position += found.Value.Length;
        if (RegexCounts.TryRead(_cursor, out _, out _))
        {
            _cursor.Fail($"`{written}` takes no character and cannot be repeated");
        }

        return new RegexNode.Assertion(found.Value.Kind);
    }

    /// <summary>Reads one thing that can be repeated.</summary>
    private RegexNode Atom()
    {
        switch (_cursor.Current)
        {
            case '(':
                return Group();
            case '[':
                return new RegexNode.Characters(_classes.Bracketed());
            case '.':
                _cursor.Take();
                return new RegexNode.Characters(EcmaSets.Dot);
            case '*' or '+' or '?':
                _cursor.Fail($"nothing stands before a `{_cursor.Current}`");
                return RegexNode.Empty.Instance;
            case '{' when _cursor.Rest is [_, ',', >= '0' and <= '9', ..]:
                _cursor.Fail("a repetition must have its smaller number, as in `{0,5}`; the characters themselves are `\\{,`");
                return RegexNode.Empty.Instance;
            case '{' when RegexCounts.TryRead(_cursor, out _, out _):
                _cursor.Fail("nothing stands before a repetition");
                return RegexNode.Empty.Instance;
            default:
                return _groups.TryReadReference() ? RegexNode.Empty.Instance : new RegexNode.Characters(Character());
        }
    }

    private CodePointSet Character()
    {
        if (_classes.Named() is { } named)
        {
            return named;
        }

        int codePoint = EcmaEscapes.CodePoint(_cursor, inClass: false);
        return CodePointSet.Of(codePoint, codePoint);
    }

    private RegexNode Group()
    {
        _cursor.Take();
        _groups.ReadHead();
        if (++_depth > RegexNode.MaxDepth)
        {
            _cursor.Fail(string.Create(CultureInfo.InvariantCulture, $"a regex has at most {RegexNode.MaxDepth} groups inside each other"));
            return RegexNode.Empty.Instance;
        }

        RegexNode inner = Alternatives();
        if (!_cursor.TryTake(')'))
        {
            _cursor.Fail("a `(` is not closed");
        }

        _depth--;
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
        if (most < least)
        {
            _cursor.Fail("a repetition must have the smaller number first");
        }
        else if (RegexCounts.TryRead(_cursor, out _, out _))
        {
            _cursor.Fail("a repetition is repeated; put the inner one in a group");
        }
        else if (least > RegexCounts.Max || most > RegexCounts.Max)
        {
            _cursor.Refuse(string.Create(CultureInfo.InvariantCulture, $"a repetition goes up to {RegexCounts.Max} at most; `minLength` and `maxLength` go further"));
        }
        else
        {
            return Bounded(RegexNodes.Repetition(atom, least, most));
        }

        return atom;
    }

    /// <summary>Refuses a part that has grown too large before it can be repeated once more.</summary>
    private RegexNode Bounded(RegexNode node)
    {
        if (node.Size > RegexProgram.MaxSize)
        {
            _cursor.Refuse("it grows too large to match in linear time; use smaller repetitions");
            return RegexNode.Empty.Instance;
        }

        return node;
    }
}
