namespace PolicyLayer.Sdk.NJsonSchema.Loading;

/// <summary>Puts every schema behind those that are asked of the same value, which must not lead in a circle.</summary>
internal sealed class ChainOrder
{
    /// <summary>How many schemas in a row may be asked of the same value.</summary>
    private const int LongestChain = 8;

    private readonly List<SchemaNode> _ordered;

    /// <summary>How many schemas follow each in a row; -1 where that is not known yet.</summary>
    private readonly int[] _lengths;

    private ChainOrder(int count)
    {
        _ordered = new List<SchemaNode>(count);
        _lengths = new int[count];
        Array.Fill(_lengths, -1);
    }

    /// <summary>Orders.</summary>
    /// <exception cref="SchemaRefusedException">A chain is too long, or has no end.</exception>
    public static SchemaNode[] Of(SchemaNode[] nodes)
    {
        var order = new ChainOrder(nodes.Length);
        foreach (SchemaNode node in nodes)
        {
            _ = order.Visit(node, 0);
        }

        return [.. order._ordered];
    }

    private int Visit(SchemaNode node, int depth)
    {
        int length = _lengths[node.Number];
        if (length < 0 && depth <= LongestChain)
        {
            length = 0;
            foreach (SchemaNode same in node.Same)
            {
                length = Math.Max(length, 1 + Visit(same, depth + 1));
            }

            _lengths[node.Number] = length;
            _ordered.Add(node);
        }

        // A circle is a chain without end: it comes here before it comes back.
        return length >= 0 && depth + length <= LongestChain ? length
            : throw new SchemaRefusedException(node.Pointer, $"more than {LongestChain} branches and references lead from one to the next without going into the arguments, or they lead in a circle");
    }
}
