using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>minItems</c> and <c>maxItems</c> (2020-12 validation, sections 6.4.1 and 6.4.2).</summary>
internal sealed class ItemCount(SchemaLocation location, long least, long most) : Assertion(location)
{
    public static IEnumerable<KeywordDefinition> Definitions =>
    [
        CountLimit.Define("minItems", (location, count) => new ItemCount(location, count, long.MaxValue)),
        CountLimit.Define("maxItems", (location, count) => new ItemCount(location, 0, count)),
    ];

    public override bool GrowsWithInstance => false;

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run) =>
        instance.Kind != JsonValueKind.Array || (instance.Array.GetArrayLength() is int count && count >= least && count <= most);

    protected override string Expectation(scoped in Instance instance) => "must have " + CountLimit.Describe(least, most, "item");
}
