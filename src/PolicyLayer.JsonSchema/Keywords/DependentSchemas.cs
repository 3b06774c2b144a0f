using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;
using PolicyLayer.Schemas.Text;
using PolicyLayer.Schemas.Values;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>dependentSchemas</c> (2020-12 core, section 10.2.2.4), and <c>dependencies</c> (draft 7 validation, section 6.5.7) as far as its values are schemas.</summary>
internal sealed class DependentSchemas(SchemaLocation location, NameTable triggers, SchemaNode[] schemas) : Keyword(location)
{
    public static Keyword Read(SchemaObject schema)
    {
        SchemaValue value = schema.Find("dependentSchemas")!;
        return Create(value, [.. value.ReadMembers("an object of schemas")]);
    }

    public static Keyword? ReadDependencies(SchemaObject schema)
    {
        // That the value is an object has been checked for the lists in it.
        SchemaValue value = schema.Find("dependencies")!;
        return value.Kind == JsonValueKind.Object && value.ReadMembers("").Where(member => member.Value.Kind != JsonValueKind.Array).ToArray() is { Length: > 0 } schemas
            ? Create(value, schemas)
            : null;
    }

    private static DependentSchemas Create(SchemaValue value, (string Name, SchemaValue Value)[] members)
    {
        if (members.Length > JsonSchemaOptions.MaxRequiredNames)
        {
            value.Error($"must have at most {JsonSchemaOptions.MaxRequiredNames} names");
        }

        return new DependentSchemas(value.Location, new NameTable([.. members.Select(member => member.Name)]), [.. members.Select(member => member.Value.ReadSchema())]);
    }

    public override int Steps => schemas.Length / 16;

    public override IEnumerable<SchemaNode> InPlace => schemas;

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        // Each schema once, however often its name comes: else many members of one name would multiply the work at every level.
        NameSet present = NameSet.PresentIn(instance, triggers);
        bool isValid = true;
        for (int index = 0; index < schemas.Length; index++)
        {
            if (present.Contains(index) && !schemas[index].Evaluate(instance, ref run))
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
