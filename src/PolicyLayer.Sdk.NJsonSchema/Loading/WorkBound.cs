namespace PolicyLayer.Sdk.NJsonSchema.Loading;

/// <summary>Refuses schemas by which a small text of arguments could keep NJsonSchema busy for long, or end its stack.</summary>
internal static class WorkBound
{
    /// <summary>How deep arguments may be.</summary>
    private const int Levels = 64;

    /// <summary>How many schemas in a row may be asked of the same value.</summary>
    private const int LongestChain = 8;

    /// <summary>How many schemas may be asked along one path through the arguments.</summary>
    private const double MostAsked = 10_000;

    /// <summary>Checks.</summary>
    /// <param name="nodes">Every schema, by number; the first is the whole.</param>
    public static void Check(SchemaNode[] nodes)
    {
        // Level by level, so that the recursion is never longer than a chain.
        double[] below = new double[nodes.Length];
        for (int level = 0; level <= Levels; level++)
        {
            double[] asked = new double[nodes.Length];
            foreach (SchemaNode node in nodes)
            {
                _ = Count(node, below, asked, chain: 0);
            }

            below = asked;
        }

        if (below[0] > MostAsked)
        {
            throw new SchemaRefusedException(string.Empty, "its branches and references ask one argument too often");
        }
    }

    private static double Count(SchemaNode node, double[] below, double[] asked, int chain)
    {
        if (chain > LongestChain)
        {
            throw new SchemaRefusedException(node.Pointer, $"more than {LongestChain} branches and references lead from one to the next without going into the arguments, or they lead in a circle");
        }

        double count = 1 + node.Children.Select(child => below[child.Number]).DefaultIfEmpty().Max();
        foreach (SchemaNode same in node.Same)
        {
            count += Count(same, below, asked, chain + 1);
            if (count > MostAsked)
            {
                throw new SchemaRefusedException(node.Pointer, "its branches and references ask one argument too often");
            }
        }

        asked[node.Number] = count;
        return count;
    }
}
