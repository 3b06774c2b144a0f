using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>prefixItems</c> and <c>items</c> (2020-12 core, sections 10.3.1.1 and 10.3.1.2).</summary>
internal sealed class ItemsKeyword(SchemaLocation location, SchemaNode[] prefix, SchemaNode? rest) : Keyword(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue? prefix = schema.Find("prefixItems");
        SchemaValue? rest = schema.Find("items");
        if (rest is { Kind: JsonValueKind.Array })
        {
            rest.Error(schema.Dialect == JsonSchemaDialect.Draft7 ? "as an array of schemas is not supported yet" : "must be a schema; an array of schemas is `prefixItems`");
            return null;
        }

        return new ItemsKeyword((prefix ?? rest)!.Location, prefix?.ReadSchemas() ?? [], rest?.ReadSchema());
    }

    public override bool Evaluate(scoped in Instance instance, ref EvaluationRun run)
    {
        if (instance.Kind != JsonValueKind.Array)
        {
            return true;
        }

        bool isValid = true;
        int index = 0;
        foreach (JsonElement item in instance.Array.EnumerateArray())
        {
            SchemaNode? schema = index < prefix.Length ? prefix[index] : rest;
            if (schema is null)
            {
                break;
            }

            run.Enter(index++);
            bool isItemValid = schema.Evaluate(new Instance(item), ref run);
            run.Leave();
            if (!isItemValid)
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
