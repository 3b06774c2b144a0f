using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NJsonSchema;
using NJsonSchema.Generation;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>Adds what the generator leaves out of the attributes of <c>System.ComponentModel.DataAnnotations</c>, and refuses a type with one that no schema can say.</summary>
internal sealed class Annotations(JsonSerializerOptions options) : ISchemaProcessor
{
    /// <inheritdoc/>
    public void Process(SchemaProcessorContext context)
    {
        JsonTypeInfo info = options.GetTypeInfo(context.ContextualType.OriginalType);
        Refuse(info.Type, info.Type.Name, "what it demands of the whole is more than a schema can say");
        foreach (JsonPropertyInfo property in info.Properties)
        {
            string name = $"{info.Type.Name}.{property.Name}";
            Refuse(property.AssociatedParameter?.AttributeProvider, name, "it stands on the parameter: write it as `[property: …]`");
            if (context.Schema.Properties.TryGetValue(property.Name, out JsonSchemaProperty? schema))
            {
                foreach (ValidationAttribute attribute in Of(property.AttributeProvider))
                {
                    new AnnotatedMember(schema, property.PropertyType, name).Apply(attribute);
                }
            }
        }
    }

    private static void Refuse(ICustomAttributeProvider? provider, string name, string problem)
    {
        if (Of(provider).FirstOrDefault() is { } attribute)
        {
            throw AnnotatedMember.Refused(attribute, name, problem);
        }
    }

    private static IEnumerable<ValidationAttribute> Of(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(ValidationAttribute), inherit: true).Cast<ValidationAttribute>() ?? [];
}
