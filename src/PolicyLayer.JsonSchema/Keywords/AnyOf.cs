using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>anyOf</c> (2020-12 core, section 10.2.1.2).</summary>
internal sealed class AnyOf(SchemaLocation location, SchemaNode[] schemas) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("anyOf")!;
        return new AnyOf(value.Location, value.ReadSchemas());
    }

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        var alternatives = new Alternatives(run.Errors);
        foreach (SchemaNode schema in schemas)
        {
            bool isValid = schema.Evaluate(instance, ref run);
            alternatives.TakeBack(isValid);
            if (isValid)
            {
                return true;
            }
        }

        alternatives.ReportNone(Location, "at least one");
        return false;
    }
}
