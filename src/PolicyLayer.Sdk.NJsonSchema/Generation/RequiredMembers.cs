using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NJsonSchema.Generation;

namespace PolicyLayer.Sdk.NJsonSchema.Generation;

/// <summary>Marks what System.Text.Json requires, by <c>required</c> or its attribute, which the generator does not look at.</summary>
internal sealed class RequiredMembers(JsonSerializerOptions options) : ISchemaProcessor
{
    /// <inheritdoc/>
    public void Process(SchemaProcessorContext context)
    {
        JsonTypeInfo type = options.GetTypeInfo(context.ContextualType.OriginalType);
        foreach (JsonPropertyInfo property in type.Properties.Where(property => property.IsRequired && context.Schema.Properties.ContainsKey(property.Name) && !context.Schema.RequiredProperties.Contains(property.Name)))
        {
            context.Schema.RequiredProperties.Add(property.Name);
        }
    }
}
