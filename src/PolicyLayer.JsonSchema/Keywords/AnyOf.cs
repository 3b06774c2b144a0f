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

    public override bool GrowsWithInstance => false;

    public override IEnumerable<SchemaNode> InPlace => schemas;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        var alternatives = new Alternatives(run.Errors);
        bool isAnyValid = false;
        foreach (SchemaNode schema in schemas)
        {
            bool isValid = schema.EvaluateBranch(instance, ref run);
            alternatives.TakeBack(isValid);
            isAnyValid |= isValid;

            // Every alternative that holds may have evaluated further members.
            if (isValid && !run.Marks.AreKept)
            {
                break;
            }
        }

        alternatives.Close();
        if (!isAnyValid)
        {
            alternatives.ReportNone(Location, "at least one");
        }

        return isAnyValid;
    }
}
