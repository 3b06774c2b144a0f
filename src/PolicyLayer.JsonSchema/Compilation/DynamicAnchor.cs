using PolicyLayer.Schemas.Evaluation;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A name that <c>$dynamicAnchor</c> gives, in whatever resources.</summary>
internal sealed class DynamicAnchor(int number)
{
    /// <summary>Counted from 0.</summary>
    public int Number { get; } = number;

    public List<SchemaPosition> Positions { get; } = [];

    public IEnumerable<SchemaNode> Targets => Positions.Select(position => position.Node);
}
