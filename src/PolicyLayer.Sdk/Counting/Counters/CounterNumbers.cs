using System.Collections.Concurrent;

namespace PolicyLayer.Sdk.Counting.Counters;

/// <summary>Numbers the names of counters as they are met. Those of one call are met together, so their numbers follow each other, and where a number is added to the hash of the scope, its counters lie side by side.</summary>
internal static class CounterNumbers
{
    /// <summary>So many names are kept; those beyond have the number that their hash is.</summary>
    private const int Most = 100_000;

    /// <summary>So many numbers follow each other, so that many counters of one scope still spread.</summary>
    private const int Row = 8;

    /// <summary>How far the rows are apart: odd, so that none meets another, and without a pattern.</summary>
    private const int Distance = unchecked((int)0x9E3779B1);

    private static readonly ConcurrentDictionary<string, int> Known = new(StringComparer.Ordinal);
    private static readonly Lock Adding = new();

    /// <summary>The number of a name: the same for as long as the process lives.</summary>
    public static int Of(string name)
    {
        if (Known.TryGetValue(name, out int number))
        {
            return number;
        }

        lock (Adding)
        {
            return Known.Count < Most ? Known.GetOrAdd(name, Next()) : name.GetHashCode(StringComparison.Ordinal);
        }
    }

    private static int Next() => unchecked((Known.Count / Row * Distance) + (Known.Count % Row));
}
