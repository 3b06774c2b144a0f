namespace PolicyLayer.Sdk.Parsing;

/// <summary>Finds the known name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary><c>; did you mean `x`?</c> for a name close to a known one, else the list of the known ones.</summary>
    public static string Hint(string unknown, IReadOnlyCollection<string> known)
    {
        string? nearest = Find(unknown, known);
        return nearest is null
            ? $"; known here: {string.Join(", ", known.Select(static name => $"`{name}`"))}"
            : $"; did you mean `{nearest}`?";
    }

    /// <summary>The closest known name within a third of its length in edits, or null.</summary>
    public static string? Find(string unknown, IReadOnlyCollection<string> known)
    {
        if (unknown.Length > 64)
        {
            return null;
        }

        string? nearest = null;
        int best = int.MaxValue;
        foreach (string name in known)
        {
            int distance = Distance(unknown.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance < best && distance <= Math.Max(1, name.Length / 3))
            {
                best = distance;
                nearest = name;
            }
        }

        return nearest;
    }

    /// <summary>Edits (insert, delete, replace, swap neighbours) that turn one text into the other.</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                int replace = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replace, 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
