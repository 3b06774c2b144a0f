using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>A place in a schema's text.</summary>
/// <param name="Element">What stands there.</param>
/// <param name="Resource">The schema around it that has an <c>$id</c>, or the whole: where pointers of references begin.</param>
/// <param name="Uri">The URI of that, which references are relative to; empty where nothing says one.</param>
/// <param name="IsDraft7">Whether it is written in draft 7, where nothing counts beside a <c>$ref</c>.</param>
internal readonly record struct SchemaPlace(JsonElement Element, JsonElement Resource, string Uri, bool IsDraft7)
{
    /// <summary>The whole of a schema.</summary>
    public static SchemaPlace Root(JsonElement schema) => new(schema, schema, string.Empty, SchemaDialect.IsDraft7(schema, otherwise: false));

    /// <summary>Whether it begins the resource that it is in.</summary>
    public bool IsResource => OffsetIn(Resource) == 0;

    /// <summary>Where it stands in a text around it. That tells it from other places: its pointer would too, but those of many places under long names take gigabytes.</summary>
    public int OffsetIn(JsonElement around) => Element.OffsetIn(around);

    /// <summary>A place within it.</summary>
    public SchemaPlace Into(JsonElement element) => this with { Element = element };

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
            : this with { Resource = Element, Uri = SchemaUri.Resolve(Uri, uri), IsDraft7 = isDraft7 };
    }

    /// <summary>The resource that the place is in.</summary>
    public SchemaPlace ToResource() => this with { Element = Resource };
}
