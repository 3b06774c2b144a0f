namespace PolicyLayer.Sdk.NJsonSchema.Loading;

/// <summary>Refuses schemas by which a small text of arguments could keep NJsonSchema busy for long, or end its stack.</summary>
internal static class WorkBound
{
    /// <summary>How deep arguments may be.</summary>
    private const int Levels = 64;

    /// <summary>How many schemas may be asked along one path through the arguments.</summary>
    private const double MostAsked = 10_000;

    /// <summary>Checks, in a time that grows with the number of schemas and of the steps between them.</summary>
    /// <param name="nodes">Every schema, by number; the first is the whole.</param>
    public static void Check(SchemaNode[] nodes)
    {
        SchemaNode[] ordered = ChainOrder.Of(nodes);
        double[] below = new double[nodes.Length];
        for (int level = 0; level <= Levels; level++)
        {
            double[] asked = new double[nodes.Length];
            foreach (SchemaNode node in ordered)
            {
                asked[node.Number] = 1
                    + (node.Children.Count == 0 ? 0 : node.Children.Max(child => below[child.Number]))
                    + node.Same.Sum(same => asked[same.Number]);
                if (asked[node.Number] > MostAsked)
                {
                    throw new SchemaRefusedException(node.Pointer, "its branches and references ask one argument too often");
                }
            }

            below = asked;
        }
    }
}
