using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Evaluation;
using PolicyLayer.Schemas.Instances;

namespace PolicyLayer.Schemas.Keywords;

/// <summary><c>prefixItems</c> and <c>items</c> (2020-12 core, sections 10.3.1.1 and 10.3.1.2); in draft 7 <c>items</c> and <c>additionalItems</c>.</summary>
internal sealed class ItemsKeyword(SchemaLocation location, SchemaNode[] prefix, SchemaNode? rest) : Keyword(location)
{
    public static Keyword? Read(SchemaObject schema)
    {
        SchemaValue? prefix = schema.Find("prefixItems");
        SchemaValue? rest = schema.Find("items");
        SchemaValue? additional = schema.Find("additionalItems");
        SchemaNode? others = additional?.ReadSchema();
        if (rest is { Kind: JsonValueKind.Array })
        {
            if (schema.Dialect == JsonSchemaDialect.Draft7)
            {
                return new ItemsKeyword(rest.Location, rest.ReadSchemas(), others);
            }

            rest.Error("must be a schema; an array of schemas is `prefixItems`");
            return null;
        }

        // In draft 7, `additionalItems` says something only next to a list (draft 7 validation, section 6.4.2).
        return prefix is null && rest is null ? null : new ItemsKeyword((prefix ?? rest)!.Location, prefix?.ReadSchemas() ?? [], rest?.ReadSchema());
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

            if (run.Marks.AreKept)
            {
                run.Marks.Add(index);
            }

            if (!schema.EvaluateItem(item, index++, ref run))
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
