using System.Text;

namespace PolicyLayer.Testing;

/// <summary>All characters of Unicode.</summary>
internal static class Letters
{
    /// <summary>The code points of those that are one to a comparer, by the first of them.</summary>
    public static Dictionary<string, List<int>> GroupBy(IEqualityComparer<string> comparer)
    {
        var groups = new Dictionary<string, List<int>>(comparer);
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (Rune.TryCreate(codePoint, out Rune rune))
            {
                string letter = rune.ToString();
                if (!groups.TryGetValue(letter, out List<int>? same))
                {
                    groups.Add(letter, same = []);
                }

                same.Add(codePoint);
            }
        }

        return groups;
    }
}
