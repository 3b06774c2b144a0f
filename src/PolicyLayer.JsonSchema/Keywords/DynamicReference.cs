using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>$dynamicRef</c> to a dynamic anchor (2020-12 core, section 8.2.3.2); to anything else it is a <see cref="Reference"/>.</summary>
internal sealed class DynamicReference(SchemaLocation location, DynamicAnchor anchor, SchemaNode initial) : Keyword(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("$dynamicRef")!;
        if (value.Scope.Resolve(value) is not SchemaPosition position)
        {
            return null;
        }

        SchemaNode initial = value.Scope.NodeOf(position);
        string? name = SchemaUri.Split(value.Element.GetString()!).Fragment;
        return name is not null && name == position.DynamicAnchor
            ? new DynamicReference(value.Location, value.Scope.DynamicAnchorOf(name), initial)
            : new Reference(value.Location, initial);
    }

    public override bool GrowsWithInstance => false;

    /// <summary>Whatever it might lead to.</summary>
    public override IEnumerable<SchemaNode> InPlace => anchor.Targets;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run) => (run.Binding(anchor.Number) ?? initial).Evaluate(instance, ref run);
}
