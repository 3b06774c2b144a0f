using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>A place in a schema's text.</summary>
/// <param name="Pointer">The JSON pointer to it.</param>
/// <param name="Element">What stands there.</param>
/// <param name="Resource">The schema around it that has an <c>$id</c>, or the whole: where pointers of references begin.</param>
/// <param name="ResourcePointer">The pointer to that.</param>
/// <param name="Uri">The URI of that, which references are relative to; empty where nothing says one.</param>
/// <param name="IsDraft7">Whether it is written in draft 7, where nothing counts beside a <c>$ref</c>.</param>
internal readonly record struct SchemaPlace(string Pointer, JsonElement Element, JsonElement Resource, string ResourcePointer, string Uri, bool IsDraft7)
{
    /// <summary>The whole of a schema.</summary>
    public static SchemaPlace Root(JsonElement schema) => new(string.Empty, schema, schema, string.Empty, string.Empty, SchemaDialect.IsDraft7(schema, otherwise: false));

    public SchemaPlace Into(string name, JsonElement element) => this with { Pointer = $"{Pointer}/{JsonPointer.Escape(name)}", Element = element };

    /// <summary>The same place; where an <c>$id</c> begins a resource, as one of it.</summary>
    public SchemaPlace AsResource()
    {
        if (Element.ValueKind != JsonValueKind.Object || !Element.TryGetProperty("$id"u8, out JsonElement id) || id.ValueKind != JsonValueKind.String)
        {
            return this;
        }

        bool isDraft7 = SchemaDialect.IsDraft7(Element, IsDraft7);
        string uri = SchemaUri.Split(id.GetString()!).Uri;
        return uri.Length is 0 or > SchemaUri.MaxLength || (isDraft7 && Element.TryGetProperty("$ref"u8, out _))
            ? this
            : this with { Resource = Element, ResourcePointer = Pointer, Uri = SchemaUri.Resolve(Uri, uri), IsDraft7 = isDraft7 };
    }

    /// <summary>The resource that the place is in.</summary>
    public SchemaPlace ToResource() => this with { Pointer = ResourcePointer, Element = Resource };
}
