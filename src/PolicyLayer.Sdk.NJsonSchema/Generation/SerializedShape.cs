using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NJsonSchema;
using NJsonSchema.Generation;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>Holds the generator to what System.Text.Json will bind: the values of enums come from there, and types are refused that it binds in a way of their own.</summary>
internal sealed class SerializedShape(JsonSerializerOptions options) : ISchemaProcessor
{
    /// <inheritdoc/>
    public void Process(SchemaProcessorContext context)
    {
        Type type = context.ContextualType.OriginalType;
        JsonTypeInfo info = options.GetTypeInfo(type);
        if (info.PolymorphismOptions is not null)
        {
            throw new SchemaRefusedException(string.Empty, $"`{type.Name}` stands for one of several types; which members it has is not known");
        }

        if (info.Converter.GetType().Assembly != typeof(JsonSerializer).Assembly || HasOwnConverter(info, out type))
        {
            throw new SchemaRefusedException(string.Empty, $"`{type.Name}` has a converter of its own, so what it takes is not known");
        }

        Type scalar = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (scalar.IsEnum)
        {
            SetValues(context.Schema.ActualSchema, scalar);
        }
    }

    private static bool HasOwnConverter(JsonTypeInfo info, out Type type)
    {
        JsonPropertyInfo? own = info.Properties.FirstOrDefault(static property => property.CustomConverter is not null);
        type = own?.PropertyType ?? info.Type;
        return own is not null;
    }

    private void SetValues(global::NJsonSchema.JsonSchema schema, Type type)
    {
        JsonElement[] values = [.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToElement(value, options.GetTypeInfo(type)))];
        bool isText = Array.Exists(values, static value => value.ValueKind == JsonValueKind.String);
        if (type.IsDefined(typeof(FlagsAttribute), inherit: false))
        {
            throw new SchemaRefusedException(string.Empty, $"`{type.Name}` is a set of flags, which no schema lists; take a list of an enum in its place");
        }

        schema.Type = isText ? JsonObjectType.String : JsonObjectType.Integer;
        schema.Enumeration.Clear();
        foreach (JsonElement value in values.DistinctBy(static value => value.GetRawText()))
        {
            schema.Enumeration.Add(isText ? value.GetString() : value.GetDecimal());
        }
    }
}
