namespace PolicyLayer.Schemas.Regexes;

/// <summary>The code points in classes, so that a pattern treats all of a class alike: a state needs a transition for each class, not for each code point. Never changes.</summary>
internal sealed class RegexAlphabet
{
    private const int Ascii = 0x80;

    /// <summary>Where the intervals between the bounds of all sets begin, and the class of each.</summary>
    private readonly int[] _starts;
    private readonly int[] _classes;
    private readonly int[] _asciiClasses = new int[Ascii];
    private readonly RegexEdge[] _edges;

    /// <summary>For each class a row of bits, one for each set.</summary>
    private readonly ulong[] _members;
    private readonly int _rowLength;

    /// <param name="sets">What a pattern asks about characters.</param>
    /// <param name="words">Whether it asks for word boundaries as well.</param>
    /// <param name="lines">Whether it asks for line feeds as well.</param>
    public RegexAlphabet(List<CodePointSet> sets, bool words, bool lines)
    {
        CodePointSet word = AsciiSets.Posix("word")!;
        CodePointSet[] all = [.. sets, .. words ? [word] : Array.Empty<CodePointSet>(), .. lines ? [CodePointSet.Of('\n', '\n')] : Array.Empty<CodePointSet>()];
        _starts = StartsOf(all);
        _classes = new int[_starts.Length];
        End = Refine(all);
        _edges = new RegexEdge[End + 1];
        _edges[End] = RegexEdge.Outside;
        for (int i = 0; i < _starts.Length; i++)
        {
            _edges[_classes[i]] = lines && _starts[i] == '\n' ? RegexEdge.LineFeed
                : words && word.Contains(_starts[i]) ? RegexEdge.Word
                : RegexEdge.Other;
        }

        for (int i = 0; i < Ascii; i++)
        {
            _asciiClasses[i] = Find(i);
        }

        _rowLength = (sets.Count + 63) / 64;
        _members = new ulong[End * _rowLength];
        for (int i = 0; i < sets.Count; i++)
        {
            foreach (int interval in IntervalsOf(sets[i]))
            {
                _members[(_classes[interval] * _rowLength) + (i >> 6)] |= 1UL << i;
            }
        }
    }

    /// <summary>The class of the end of a text, and the number of classes that have characters.</summary>
    public int End { get; }

    /// <summary>The class of each character of ASCII.</summary>
    public ReadOnlySpan<int> AsciiClasses => _asciiClasses;

    public RegexEdge EdgeOf(int characters) => _edges[characters];

    /// <summary>The sets that hold the characters of a class, a bit for each.</summary>
    public ReadOnlySpan<ulong> SetsWith(int characters) => characters == End ? [] : _members.AsSpan(characters * _rowLength, _rowLength);

    /// <summary>Whether a set holds the characters of a class.</summary>
    public bool Holds(int set, int characters) => (SetsWith(characters)[set >> 6] >> set & 1) != 0;

    /// <summary>The class of the character at a position, which moves behind it. At the end of the text it is <see cref="End"/>.</summary>
    public int Read(ReadOnlySpan<char> text, ref int position)
    {
        int at = position++;
        if ((uint)at >= (uint)text.Length)
        {
            return End;
        }

        char c = text[at];
        if (c < Ascii)
        {
            return _asciiClasses[c];
        }

        return char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            ? Find(char.ConvertToUtf32(c, text[position++]))
            : Find(c);
    }

    private static int[] StartsOf(CodePointSet[] sets)
    {
        int[] starts = new int[1 + sets.Sum(static set => set.Bounds.Length)];
        int count = 1;
        foreach (CodePointSet set in sets)
        {
            set.Bounds.CopyTo(starts.AsSpan(count));
            count += set.Bounds.Length;
        }

        Array.Sort(starts);
        int kept = 1;
        foreach (int start in starts)
        {
            if (start != starts[kept - 1] && start != CodePointSet.End)
            {
                starts[kept++] = start;
            }
        }

        return starts[..kept];
    }

    /// <summary>Splits every class that a set holds in part; answers how many there are in the end.</summary>
    private int Refine(CodePointSet[] sets)
    {
        // How many intervals a class has, how many of them the set holds, and the class these move to.
        int[] sizes = new int[_starts.Length];
        int[] held = new int[_starts.Length];
        int[] moved = new int[_starts.Length];
        sizes[0] = _starts.Length;
        int count = 1;
        foreach (CodePointSet set in sets)
        {
            List<int> intervals = IntervalsOf(set);
            intervals.ForEach(interval => held[_classes[interval]]++);
            foreach (int interval in intervals)
            {
                int old = _classes[interval];
                if (held[old] > 0)
                {
                    moved[old] = held[old] == sizes[old] ? old : count++;
                    sizes[old] -= held[old];
                    sizes[moved[old]] += held[old];
                    held[old] = 0;
                }

                _classes[interval] = moved[old];
            }
        }

        return count;
    }

    private List<int> IntervalsOf(CodePointSet set)
    {
        var intervals = new List<int>();
        for (int i = 0; i < set.Bounds.Length; i += 2)
        {
            for (int at = Array.BinarySearch(_starts, set.Bounds[i]); at < _starts.Length && _starts[at] < set.Bounds[i + 1]; at++)
            {
                intervals.Add(at);
            }
        }

        return intervals;
    }

    private int Find(int codePoint)
    {
        int found = Array.BinarySearch(_starts, codePoint);
        return _classes[found >= 0 ? found : ~found - 1];
    }
}
