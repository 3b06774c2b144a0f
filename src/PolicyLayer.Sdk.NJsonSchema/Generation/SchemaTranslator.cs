using System.Text.Json;
using System.Text.Json.Nodes;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>Turns the generator's draft-4 schema into one of 2020-12.</summary>
internal static class SchemaTranslator
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly string[] Lists = ["allOf", "anyOf", "oneOf"];

    /// <summary>Formats that mean to JSON Schema what the generator means by them.</summary>
    private static readonly string[] KnownFormats = ["date", "date-time", "email", "hostname", "ipv4", "ipv6", "uri"];

    /// <summary>Translates.</summary>
    public static JsonElement Translate(JsonObject schema)
    {
        TranslateSchema(schema);
        schema["$schema"] = Dialect;
        return JsonElement.Parse(schema.ToJsonString());
    }

    private static void TranslateSchema(JsonObject schema)
    {
        foreach (string name in schema.Select(static member => member.Key).Where(static name => name.StartsWith("x-", StringComparison.Ordinal) || name is "$schema" or "discriminator" or "nullable" or "default" or "example").ToArray())
        {
            schema.Remove(name);
        }

        TranslateReference(schema);
        TranslateBound(schema, "exclusiveMinimum", "minimum");
        TranslateBound(schema, "exclusiveMaximum", "maximum");
        FormatTranslator.Translate(schema, KnownFormats);
        if (schema["pattern"]?.GetValue<string>() is { } pattern)
        {
            // The attribute asks for the whole text; a schema is content with a part.
            schema["pattern"] = $"^(?:{pattern})$";
        }

        foreach (string list in Lists)
        {
            TranslateAll(schema[list] as JsonArray);
        }

        // Of a nullable type both branches may take null, as that of `object` does.
        if (schema["oneOf"] is JsonArray either && either.Any(static branch => branch is JsonObject { Count: 1 } only && only["type"] is JsonValue type && type.ToString() == "null"))
        {
            schema.Remove("oneOf");
            schema["anyOf"] = either;
        }

        TranslateMap(schema["properties"] as JsonObject);
        TranslateMap(schema["definitions"] as JsonObject);
        TranslateOne(schema["additionalProperties"]);
        TranslateOne(schema["not"]);
        TranslateOne(schema["items"]);
        if (schema["definitions"] is { } definitions)
        {
            schema.Remove("definitions");
            schema["$defs"] = definitions;
        }
    }

    private static void TranslateOne(JsonNode? schema)
    {
        if (schema is JsonObject one)
        {
            TranslateSchema(one);
        }
    }

    private static void TranslateAll(JsonArray? schemas)
    {
        foreach (JsonNode? schema in schemas ?? [])
        {
            TranslateOne(schema);
        }
    }

    private static void TranslateMap(JsonObject? schemas)
    {
        foreach ((string _, JsonNode? schema) in schemas ?? [])
        {
            TranslateOne(schema);
        }
    }

    private static void TranslateReference(JsonObject schema)
    {
        const string Old = "#/definitions/";
        if (schema["$ref"]?.GetValue<string>() is { } reference && reference.StartsWith(Old, StringComparison.Ordinal))
        {
            schema["$ref"] = $"#/$defs/{reference[Old.Length..]}";
        }
    }

    /// <summary>In draft 4 a bound is exclusive by a flag beside it.</summary>
    private static void TranslateBound(JsonObject schema, string exclusive, string bound)
    {
        if (schema[exclusive] is not JsonValue flag || flag.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            return;
        }

        bool isExclusive = flag.GetValue<bool>();
        schema.Remove(exclusive);
        if (isExclusive && schema[bound] is { } limit)
        {
            schema.Remove(bound);
            schema[exclusive] = limit;
        }
    }
}
