using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>allOf</c> (2020-12 core, section 10.2.1.1). The errors are those of the schemas in it.</summary>
internal sealed class AllOf(SchemaLocation location, SchemaNode[] schemas) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("allOf")!;
        return new AllOf(value.Location, value.ReadSchemas());
    }

    public override bool GrowsWithInstance => false;

    public override IEnumerable<SchemaNode> InPlace => schemas;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        bool isValid = true;
        foreach (SchemaNode schema in schemas)
        {
            if (!schema.Evaluate(instance, ref run))
            {
                if (run.StopsAtFirst)
                {
                    return false;
                }

                isValid = false;
            }
        }

        return isValid;
    }
}
