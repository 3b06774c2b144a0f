using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>unevaluatedItems</c> (2020-12 core, section 11.2).</summary>
internal sealed class UnevaluatedItems(SchemaLocation location, SchemaNode schema) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("unevaluatedItems")!;
        return new UnevaluatedItems(value.Location, value.ReadSchema());
    }

    public override bool AsksForMarks => true;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Array || !run.Marks.AreKept)
        {
            return true;
        }

        bool isValid = true;
        int index = 0;
        foreach (JsonElement item in instance.Array.EnumerateArray())
        {
            if (!run.Marks.Contains(index) && !schema.EvaluateItem(item, index, ref run))
            {
                if (run.StopsAtFirst)
                {
                    return false;
                }

                isValid = false;
            }

            index++;
        }

        run.Marks.AddAll();
        return isValid;
    }
}
