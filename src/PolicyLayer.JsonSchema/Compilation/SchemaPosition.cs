using System.Text.Json;
using PolicyLayer.Schemas.Evaluation;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A place in a document where a schema lies, which is what a <c>$ref</c> may point to.</summary>
internal sealed class SchemaPosition(JsonElement element, SchemaLocation location, SchemaResource resource)
{
    public JsonElement Element { get; } = element;

    public SchemaLocation Location { get; } = location;

    public SchemaResource Resource { get; } = resource;

    public bool IsResourceRoot => Resource.Root == this;

    /// <summary>The name by which <c>$dynamicRef</c> may find it.</summary>
    public string? DynamicAnchor { get; set; }

    /// <summary>What the schema is compiled into; made when first asked for, so that a reference may lead to what is compiled later.</summary>
    public SchemaNode Node => field ??= new SchemaNode(Location, Resource.Scope);

    /// <summary>Whether the node has its keywords, or somebody is at it.</summary>
    public bool IsTaken { get; set; }
}
