using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>propertyNames</c> (2020-12 core, section 10.3.2.4).</summary>
internal sealed class PropertyNames(SchemaLocation location, SchemaNode schema) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("propertyNames")!;
        return new PropertyNames(value.Location, value.ReadSchema());
    }

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        bool isValid = true;
        foreach (Member member in instance.Members)
        {
            run.EnterName(member);
            bool isNameValid = schema.EvaluateApart(new Instance(member.Name), ref run);
            run.Leave();
            if (!isNameValid)
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
