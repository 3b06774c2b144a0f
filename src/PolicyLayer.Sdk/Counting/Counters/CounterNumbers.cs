using System.Collections.Concurrent;

namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>Numbers the names of counters as they are met. Those of one call are met together, so their numbers follow each other, and where a number is added to the hash of the scope, its counters lie side by side.</summary>
/// <param name="most">So many names are kept; those beyond have the number that their hash is.</param>
internal sealed class CounterNumbers(int most)
{
    /// <summary>So many numbers follow each other, so that many counters of one scope still spread.</summary>
    private const int Row = 8;

    /// <summary>How far the rows are apart: odd, so that none meets another, and without a pattern.</summary>
    private const int Distance = unchecked((int)0x9E3779B1);

    private readonly ConcurrentDictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();

    /// <summary>Those of the process.</summary>
    public static CounterNumbers Common { get; } = new(most: 100_000);

    /// <summary>The number of a name, always the same.</summary>
    public int Of(string name)
    {
        if (_known.TryGetValue(name, out int number))
        {
            return number;
        }

        lock (_adding)
        {
            // Another may have added it meanwhile, as the last that is kept.
            bool isKept = _known.Count < most || _known.ContainsKey(name);
            return isKept ? _known.GetOrAdd(name, Next()) : name.GetHashCode(StringComparison.Ordinal);
        }
    }

    private int Next() => unchecked((_known.Count / Row * Distance) + (_known.Count % Row));
}
