namespace PolicyLayer.Schemas.Regexes;

/// <summary>A set of Unicode code points. Never changes.</summary>
internal sealed class CodePointSet : IEquatable<CodePointSet>
{
    /// <summary>One more than the last code point.</summary>
    public const int End = 0x110000;

    /// <summary>In ascending order: where members begin, where they end, where they begin again.</summary>
    private readonly int[] _bounds;
    private CodePointSet? _complement;

    private CodePointSet(int[] bounds) => _bounds = bounds;

    public static CodePointSet Everything { get; } = new([0, End]);

    public static CodePointSet AllButLineFeed { get; } = Of('\n', '\n').Complement();

    /// <summary>Where members begin (at even places) and the first that is none (at odd places).</summary>
    public ReadOnlySpan<int> Bounds => _bounds;

    /// <summary>The only member, or null if there are more or none.</summary>
    public int? Single => _bounds is [int only, int end] && end == only + 1 ? only : null;

    /// <param name="bounds">The first and the last of each range.</param>
    public static CodePointSet Of(params ReadOnlySpan<int> bounds)
    {
        var ranges = new List<(int, int)>(bounds.Length / 2);
        for (int i = 0; i < bounds.Length; i += 2)
        {
            ranges.Add((bounds[i], bounds[i + 1]));
        }

        return Of(ranges);
    }

    /// <summary>The code points of some ranges, in any order.</summary>
    public static CodePointSet Of(List<(int First, int Last)> ranges)
    {
        // As one number each: patterns choose how many there are, and those sort in a tenth of the time.
        long[] sorted = [.. ranges.Select(static range => ((long)range.First << 32) | (uint)range.Last)];
        Array.Sort(sorted);
        var bounds = new List<int>();
        foreach (long range in sorted)
        {
            (int first, int last) = ((int)(range >> 32), (int)range);
            if (bounds.Count > 0 && first <= bounds[^1])
            {
                bounds[^1] = Math.Max(bounds[^1], last + 1);
            }
            else
            {
                bounds.Add(first);
                bounds.Add(last + 1);
            }
        }

        return new CodePointSet([.. bounds]);
    }

    public void CopyTo(List<(int First, int Last)> ranges)
    {
        for (int i = 0; i < _bounds.Length; i += 2)
        {
            ranges.Add((_bounds[i], _bounds[i + 1] - 1));
        }
    }

    public bool Contains(int codePoint)
    {
        int found = Array.BinarySearch(_bounds, codePoint);
        return found >= 0 ? (found & 1) == 0 : (~found & 1) == 1;
    }

    /// <summary>All others. Found out once, as patterns name the same few sets.</summary>
    public CodePointSet Complement() => Volatile.Read(ref _complement) ?? (_complement = MakeComplement());

    private CodePointSet MakeComplement()
    {
        ReadOnlySpan<int> kept = _bounds;
        bool hasFirst = kept is [0, ..];
        bool hasLast = kept is [.., End];
        kept = kept[(hasFirst ? 1 : 0)..^(hasLast ? 1 : 0)];
        return new CodePointSet([.. hasFirst ? [] : (ReadOnlySpan<int>)[0], .. kept, .. hasLast ? [] : (ReadOnlySpan<int>)[End]]);
    }

    public bool Equals(CodePointSet? other) => other is not null && _bounds.AsSpan().SequenceEqual(other._bounds);

    public override bool Equals(object? obj) => Equals(obj as CodePointSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int bound in _bounds)
        {
            hash.Add(bound);
        }

        return hash.ToHashCode();
    }
}
