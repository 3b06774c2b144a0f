using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Finds where the schemas of a document lie, and what they are called, before any of them is compiled: references lead forward, too.</summary>
internal sealed class SchemaIndexer(SchemaRegistry registry, JsonSchemaOptions options, SchemaErrors errors)
{
    private int _count;

    /// <returns>The resource that the document as a whole is.</returns>
    public SchemaResource Index(SchemaDocument document, KeywordCatalog catalog)
    {
        var outside = new SchemaResource(document, document.Uri, catalog);
        Visit(document.Root, document.Location, outside, isRoot: true);
        return document.Find(document.Root)?.Resource ?? outside;
    }

    /// <summary>Looks at a value at a place for schemas, and at all that lies in it.</summary>
    public void Visit(JsonElement schema, SchemaLocation location, SchemaResource around, bool isRoot = false)
    {
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False) && !isRoot)
        {
            return;
        }

        // What lies beyond is not found by references; that there is too much is the compiler's to say.
        if (!around.Document.IsBuiltIn && ++_count > options.MaxSubschemas && !isRoot)
        {
            return;
        }

        SchemaResource resource = ResourceOf(schema, location, around, isRoot, out string? anchor);
        var position = new SchemaPosition(schema, location, resource);
        around.Document.Add(position);
        if (resource != around || isRoot)
        {
            resource.Root = position;
            registry.Add(resource, resource == around ? location : location.OfKeyword("$id"));
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        Anchors(schema, position, anchor);
        bool hidesSiblings = resource.Catalog.HidesSiblings(schema);
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            if (SubschemaKeywords.TryGet(member.Name, member.Value.ValueKind, out SubschemaShape shape) && resource.Catalog.Judges(member.Name)
                && (!hidesSiblings || member.Name == "definitions"))
            {
                VisitWithin(shape, member.Value, location.OfKeyword(member.Name), resource);
            }
        }
    }

    private void VisitWithin(SubschemaShape shape, JsonElement value, SchemaLocation location, SchemaResource resource)
    {
        if (shape == SubschemaShape.Map)
        {
            foreach (JsonProperty member in value.EnumerateObject())
            {
                Visit(member.Value, location.Child(member.Name), resource);
            }
        }
        else if (shape == SubschemaShape.OneOrList && value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                Visit(item, location.Child(index++), resource);
            }
        }
        else
        {
            Visit(value, location, resource);
        }
    }

    private SchemaResource ResourceOf(JsonElement schema, SchemaLocation location, SchemaResource around, bool isRoot, out string? anchor)
    {
        anchor = null;
        KeywordCatalog catalog = around.Catalog;
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$id"u8, out JsonElement id))
        {
            return around;
        }

        if (!isRoot && !registry.Dialects.TryDetermine(schema, location, catalog, out catalog))
        {
            return around;
        }

        SchemaLocation place = location.OfKeyword("$id");
        if (catalog.HidesSiblings(schema))
        {
            return around;
        }

        if (id.ValueKind != JsonValueKind.String)
        {
            errors.Add(place, $"`$id` must be a string, not {JsonTypes.Describe(id.ValueKind)}");
            return around;
        }

        (string uri, string? fragment) = SchemaUri.Split(id.GetString()!);
        if (fragment is { Length: > 0 } && catalog.Dialect != JsonSchemaDialect.Draft7)
        {
            errors.Add(place, "`$id` must not have a fragment; what names a place in a schema is `$anchor`");
        }

        anchor = fragment is { Length: > 0 } ? fragment : null;
        string resolved = uri.Length > SchemaUri.MaxLength ? uri : SchemaUri.Resolve(around.Uri, uri);
        if (resolved.Length > SchemaUri.MaxLength)
        {
            errors.Add(place, $"`$id` is longer than {SchemaUri.MaxLength} characters");
            return around;
        }

        return uri.Length == 0 ? around : new SchemaResource(around.Document, resolved, catalog);
    }

    private void Anchors(JsonElement schema, SchemaPosition position, string? fragment)
    {
        SchemaResource resource = position.Resource;
        if (resource.Catalog.Dialect == JsonSchemaDialect.Draft7)
        {
            if (fragment is not null)
            {
                AddAnchor(fragment, "$id", position);
            }

            return;
        }

        foreach (string keyword in (ReadOnlySpan<string>)["$anchor", "$dynamicAnchor"])
        {
            if (!schema.TryGetProperty(keyword, out JsonElement value))
            {
                continue;
            }

            if (value.ValueKind != JsonValueKind.String || !IsName(value.GetString()!))
            {
                errors.Add(position.Location.OfKeyword(keyword), $"`{keyword}` must be a name: a letter or `_`, then letters, digits, `-`, `_` and `.`");
                continue;
            }

            AddAnchor(value.GetString()!, keyword, position);
            if (keyword == "$dynamicAnchor")
            {
                registry.AddDynamicAnchor(value.GetString()!, position);
            }
        }
    }

    private void AddAnchor(string name, string keyword, SchemaPosition position)
    {
        if (position.Resource.Anchors.TryGetValue(name, out SchemaPosition? known) && known != position)
        {
            errors.Add(position.Location.OfKeyword(keyword), $"the anchor {Quoted.InBackticks(name)} is there twice");
        }

        position.Resource.Anchors[name] = position;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '_') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
