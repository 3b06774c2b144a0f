using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema.Generation;
using NJsonSchema.Generation.TypeMappers;
using ForeignSchema = global::NJsonSchema.JsonSchema;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>Asks NJsonSchema's generator for the draft-4 schema of a type.</summary>
internal static class TypeSchema
{
    /// <summary>The schema, as the generator writes it.</summary>
    public static JsonObject Of(Type type, JsonSerializerOptions options)
    {
        // The generator reads texts of limits by the culture of whoever runs it.
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return Generate(type, options);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static JsonObject Generate(Type type, JsonSerializerOptions options)
    {
        var settings = new SystemTextJsonSchemaGeneratorSettings
        {
            SerializerOptions = options,
            SchemaType = global::NJsonSchema.SchemaType.JsonSchema,
            FlattenInheritanceHierarchy = true,
            DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull,
        };
        foreach (ITypeMapper mapper in NumberTypes.Mappers)
        {
            settings.TypeMappers.Add(mapper);
        }

        settings.SchemaProcessors.Add(new SerializedShape(options));
        settings.SchemaProcessors.Add(new RequiredMembers(options));
        settings.SchemaProcessors.Add(new Annotations(options));
        return JsonNode.Parse(ForeignSchema.FromType(type, settings).ToJson())!.AsObject();
    }
}
