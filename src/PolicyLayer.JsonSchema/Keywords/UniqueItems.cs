using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>uniqueItems</c> (2020-12 validation, section 6.4.3).</summary>
internal sealed class UniqueItems(SchemaLocation location) : Assertion(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("uniqueItems")!;
        return value.TryReadBoolean(out bool isWanted) && isWanted ? new UniqueItems(value.Location) : null;
    }

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run) =>
        instance.Kind != JsonValueKind.Array || DistinctItems.AreDistinct(instance.Array, ref run);

    protected override string Expectation(scoped in Instance instance) => "must not have equal items";
}
