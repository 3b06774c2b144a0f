using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary>The schema <c>false</c> (2020-12 core, section 4.3.2).</summary>
internal sealed class FalseSchema(SchemaLocation location) : Assertion(location)
{
    public override bool GrowsWithInstance => false;

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run) => false;

    protected override string Expectation(scoped in Instance instance) => "is not allowed here";
}
