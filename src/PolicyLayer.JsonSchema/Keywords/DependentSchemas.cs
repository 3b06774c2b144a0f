using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>dependentSchemas</c> (2020-12 core, section 10.2.2.4).</summary>
internal sealed class DependentSchemas(SchemaLocation location, NameTable triggers, SchemaNode[] schemas) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("dependentSchemas")!;
        (string Name, SchemaValue Value)[] members = [.. value.ReadMembers("an object of schemas")];
        if (members.Length > JsonSchemaOptions.MaxRequiredNames)
        {
            value.Error($"must have at most {JsonSchemaOptions.MaxRequiredNames} names");
        }

        return new DependentSchemas(value.Location, new NameTable([.. members.Select(member => member.Name)]), [.. members.Select(member => member.Value.ReadSchema())]);
    }

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        // Each schema once, however often its name comes: else many members of one name would multiply the work at every level.
        Span<ulong> present = stackalloc ulong[NameSet.Words];
        NameSet.AddPresent(present, triggers, instance);
        bool isValid = true;
        for (int index = 0; index < schemas.Length; index++)
        {
            if (NameSet.Contains(present, index) && !schemas[index].Evaluate(instance, ref run))
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
