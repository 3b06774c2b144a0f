using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>const</c> (2020-12 validation, section 6.1.3).</summary>
internal sealed class ConstKeyword(SchemaLocation location, Literal expected, string shown) : Assertion(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("const")!;
        return new ConstKeyword(value.Location, value.ReadLiteral(), Literal.Show(value.Element));
    }

    public override int Steps => expected.Steps;

    protected override bool Holds(scoped in Instance instance, ref EvaluationRun run) => expected.IsEqualTo(instance, ref run);

    protected override string Expectation(scoped in Instance instance) => $"must be {shown}";
}
