using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>not</c> (2020-12 core, section 10.2.1.4).</summary>
internal sealed class Not(SchemaLocation location, SchemaNode schema) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("not")!;
        return new Not(value.Location, value.ReadSchema());
    }

    public override bool GrowsWithInstance => false;

    public override IEnumerable<SchemaNode> InPlace => [schema];

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        run.Suspend();
        bool matches = schema.EvaluateApart(instance, ref run);
        run.Resume();
        if (matches)
        {
            run.Errors?.Add(Location, "must not match the schema in `not`");
        }

        return !matches;
    }
}
