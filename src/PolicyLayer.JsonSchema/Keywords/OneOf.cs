using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>oneOf</c> (2020-12 core, section 10.2.1.3).</summary>
internal sealed class OneOf(SchemaLocation location, SchemaNode[] schemas) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("oneOf")!;
        return new OneOf(value.Location, value.ReadSchemas());
    }

    public override bool GrowsWithInstance => false;

    public override IEnumerable<SchemaNode> InPlace => schemas;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        var alternatives = new Alternatives(run.Errors);
        int matches = 0;
        foreach (SchemaNode schema in schemas)
        {
            bool isValid = schema.EvaluateBranch(instance, ref run);
            alternatives.TakeBack(isValid);
            matches += isValid ? 1 : 0;
            if (matches > 1 && run.StopsAtFirst)
            {
                break;
            }
        }

        alternatives.Close();
        switch (matches)
        {
            case 1:
                return true;
            case 0:
                alternatives.ReportNone(Location, "exactly one");
                return false;
            default:
                if (!run.StopsAtFirst)
                {
                    run.Errors!.Add(Location, $"must match exactly one of {schemas.Length} alternatives, but matches {matches}");
                }

                return false;
        }
    }
}
