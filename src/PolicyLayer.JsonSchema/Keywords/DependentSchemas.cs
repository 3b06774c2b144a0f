using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>dependentSchemas</c> (2020-12 core, section 10.2.2.4).</summary>
internal sealed class DependentSchemas(SchemaLocation location, NameTable triggers, SchemaNode[] schemas) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("dependentSchemas")!;
        (string Name, SchemaValue Value)[] members = [.. value.ReadMembers("an object of schemas")];
        return new DependentSchemas(value.Location, new NameTable([.. members.Select(member => member.Name)]), [.. members.Select(member => member.Value.ReadSchema())]);
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
            int index = triggers.Find(member.Name);
            if (index >= 0 && !schemas[index].Evaluate(instance, ref run))
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
