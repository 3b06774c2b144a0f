using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>if</c>, <c>then</c>, <c>else</c> (2020-12 core, section 10.2.2). The errors are those of <c>then</c> or <c>else</c>.</summary>
internal sealed class Conditional(SchemaLocation location, SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Keyword(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue? condition = schema.Find("if");
        SchemaNode? test = condition?.ReadSchema();
        SchemaNode? then = schema.Find("then")?.ReadSchema();
        SchemaNode? otherwise = schema.Find("else")?.ReadSchema();

        // Without `if`, the others say nothing. Alone, `if` still evaluates members, which matters to `unevaluatedProperties`.
        return test is null ? null : new Conditional(condition!.Location, test, then, otherwise);
    }

    public override bool GrowsWithInstance => false;

    public override IEnumerable<SchemaNode> InPlace => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (then is null && otherwise is null && !run.Marks.AreKept)
        {
            return true;
        }

        run.Suspend();
        bool matches = condition.EvaluateBranch(instance, ref run);
        run.Resume();
        return (matches ? then : otherwise)?.Evaluate(instance, ref run) ?? true;
    }
}
