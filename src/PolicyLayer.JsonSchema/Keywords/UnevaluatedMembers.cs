using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>unevaluatedProperties</c> (2020-12 core, section 11.3).</summary>
internal sealed class UnevaluatedMembers(SchemaLocation location, SchemaNode schema) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("unevaluatedProperties")!;
        return new UnevaluatedMembers(value.Location, value.ReadSchema());
    }

    public override bool AsksForMarks => true;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Object || !run.Marks.AreKept)
        {
            return true;
        }

        bool isValid = true;
        int index = 0;
        foreach (Member member in instance.Members)
        {
            if (!run.Marks.Contains(index++) && !schema.EvaluateMember(member, ref run))
            {
                if (run.StopsAtFirst)
                {
                    return false;
                }

                isValid = false;
            }
        }

        run.Marks.AddAll();
        return isValid;
    }
}
