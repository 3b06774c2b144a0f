using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>A place in a schema's text.</summary>
/// <param name="Pointer">The JSON pointer to it.</param>
/// <param name="Element">What stands there.</param>
/// <param name="Resource">The schema around it that has an <c>$id</c>, or the whole: where pointers of references begin.</param>
/// <param name="ResourcePointer">The pointer to that.</param>
internal readonly record struct SchemaPlace(string Pointer, JsonElement Element, JsonElement Resource, string ResourcePointer)
{
    public SchemaPlace Into(string name, JsonElement element) => this with { Pointer = $"{Pointer}/{JsonPointer.Escape(name)}", Element = element };

    /// <summary>The same place; where an <c>$id</c> begins a resource, as one of it.</summary>
    public SchemaPlace AsResource() =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty("$id"u8, out JsonElement id) && id.ValueKind == JsonValueKind.String && id.GetString() is not ['#', ..]
            ? this with { Resource = Element, ResourcePointer = Pointer }
            : this;
}
