using PolicyLayer.Schemas;

namespace PolicyLayer.Sdk.Compilation;

/// <summary>The schema that a call's arguments must satisfy, and where it stands.</summary>
internal sealed class CompiledSchema(RuleReference reference, JsonSchema schema)
{
    public RuleReference Reference { get; } = reference;

    public JsonSchema Schema { get; } = schema;
}
