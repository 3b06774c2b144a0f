using System.Text.Json;
using PolicyLayer.Sdk.Compilation;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Makes a schema deny arguments that it does not declare, where it says nothing of them.</summary>
internal static class StrictRoot
{
    /// <summary>The strict schema, or null when the schema is strict enough as it is.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="names">What it declares at the top.</param>
    /// <param name="takesAnyName">Whether some part of it says outright that arguments need not be declared.</param>
    public static JsonElement? Of(JsonElement schema, NamePlace? names, bool takesAnyName)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.True ? JsonElement.Parse("""{ "additionalProperties": false }"""u8) : null;
        }

        if (schema.TryGetProperty("additionalProperties"u8, out _) || schema.TryGetProperty("unevaluatedProperties"u8, out _))
        {
            return null;
        }

        if (!schema.EnumerateObject().Any(static keyword => SchemaKeywords.DeclareElsewhere.Contains(keyword.Name)))
        {
            return With(schema, static writer => writer.WriteBoolean("additionalProperties"u8, false));
        }

        if (!SchemaDialect.IsDraft7(schema, otherwise: false))
        {
            return With(schema, static writer => writer.WriteBoolean("unevaluatedProperties"u8, false));
        }

        // Draft 7 cannot say "declared in no branch", so the names are listed.
        return takesAnyName ? null : WithNames(schema, names?.Names ?? []);
    }

    private static JsonElement With(JsonElement schema, Action<Utf8JsonWriter> add) => Write(writer =>
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            keyword.WriteTo(writer);
        }

        add(writer);
    });

    /// <summary>Adds to <c>allOf</c>, at its end so that pointers into it stay right; a <c>$ref</c> goes there too, for nothing judges beside one.</summary>
    private static JsonElement WithNames(JsonElement schema, IReadOnlyList<string> names) => Write(writer =>
    {
        foreach (JsonProperty keyword in schema.EnumerateObject().Where(static keyword => keyword.Name is not ("allOf" or "$ref")))
        {
            keyword.WriteTo(writer);
        }

        writer.WriteStartArray("allOf"u8);
        foreach (JsonElement part in schema.TryGetProperty("allOf"u8, out JsonElement all) ? all.EnumerateArray() : default)
        {
            part.WriteTo(writer);
        }

        if (schema.TryGetProperty("$ref"u8, out JsonElement reference))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("$ref"u8);
            reference.WriteTo(writer);
            writer.WriteEndObject();
        }

        WriteNames(writer, names);
        writer.WriteEndArray();
    });

    private static void WriteNames(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("propertyNames"u8);
        writer.WriteStartArray("enum"u8);
        foreach (string name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static JsonElement Write(Action<Utf8JsonWriter> content) => WrittenJson.Of(writer =>
    {
        writer.WriteStartObject();
        content(writer);
        writer.WriteEndObject();
    });
}
