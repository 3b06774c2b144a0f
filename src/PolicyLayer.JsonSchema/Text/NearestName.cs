using System.Numerics;

namespace PolicyLayer.Schemas.Text;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class NearestName
{
    private const int MaxDistance = 2;
    private const int MaxLength = 64;
    private const int MaxCandidates = 1000;

    /// <summary>The candidate nearest to <paramref name="name"/>, when few letters are wrong, missing, too many or swapped; else null.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int best = MaxDistance + 1;
        ulong letters = Letters(name);
        foreach (string candidate in candidates.Take(MaxCandidates))
        {
            // A third of the letters may be wrong: more, and short names would all resemble each other.
            int limit = Math.Min(best - 1, Math.Max(1, Math.Min(name.Length, candidate.Length) / 3));
            bool mayBeNear = name.Length <= MaxLength && Math.Abs(name.Length - candidate.Length) <= limit && LeastDistance(letters, Letters(candidate)) <= limit;
            if (mayBeNear && Distance(name, candidate) is int distance && distance <= limit)
            {
                nearest = candidate;
                best = distance;
            }
        }

        return nearest;
    }

    /// <summary>A hint to append to an error, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is string nearest ? $"; did you mean {Quoted.InBackticks(nearest)}?" : "";

    /// <summary>No distance is below this: a letter that only one of them has takes a correction of its own.</summary>
    private static int LeastDistance(ulong a, ulong b) => Math.Max(BitOperations.PopCount(a & ~b), BitOperations.PopCount(b & ~a));

    /// <summary>A bit for each letter, case aside; several may share one.</summary>
    private static ulong Letters(ReadOnlySpan<char> text)
    {
        ulong letters = 0;
        foreach (char c in text)
        {
            letters |= 1UL << (char.ToUpperInvariant(c) & 63);
        }

        return letters;
    }

    /// <summary>The optimal string alignment distance, case aside. Texts are short; three rows of the table are enough.</summary>
    private static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        int width = b.Length + 1;
        Span<int> rows = stackalloc int[3 * width];
        for (int i = 0; i <= a.Length; i++)
        {
            Span<int> row = rows.Slice(i % 3 * width, width);
            ReadOnlySpan<int> above = rows.Slice((i + 2) % 3 * width, width);
            ReadOnlySpan<int> higher = rows.Slice((i + 1) % 3 * width, width);
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    row[j] = i + j;
                    continue;
                }

                int replace = above[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                int least = Math.Min(replace, Math.Min(above[j], row[j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
                row[j] = swapped ? Math.Min(least, higher[j - 2] + 1) : least;
            }
        }

        return rows[(a.Length % 3 * width) + b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
