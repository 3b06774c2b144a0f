using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>$ref</c> (2020-12 core, section 8.2.3.1). The errors are those of the schema that it points to.</summary>
internal sealed class Reference(SchemaLocation location, SchemaNode target) : Keyword(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("$ref")!;
        return value.Scope.Resolve(value) is SchemaPosition position ? new Reference(value.Location, value.Scope.NodeOf(position)) : null;
    }

    public override bool GrowsWithInstance => false;

    public override IEnumerable<SchemaNode> InPlace => [target];

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run) => target.Evaluate(instance, ref run);
}
