using System.Text.Json;
using PolicyLayer.Schemas.Compilation;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Finds what references within a schema lead to. Where a name stands several times every one counts: for the names that are declared, more is safer.</summary>
internal sealed class SchemaReferences
{
    private readonly Dictionary<string, List<SchemaPlace>> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SchemaPlace>> _resources = new(StringComparer.Ordinal);

    private readonly SchemaDocument _document;

    /// <param name="root">The schema.</param>
    public SchemaReferences(JsonElement root)
    {
        _document = new SchemaDocument(string.Empty, root, SchemaLocation.Root, isBuiltIn: false);
        Scan(SchemaPlace.Root(root));
    }

    /// <summary>The places that a reference may lead to; none when it leads out of the schema.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="reference">A URI reference.</param>
    public List<SchemaPlace> Find(SchemaPlace from, string reference)
    {
        (string resource, string? escaped) = SchemaUri.Split(reference);
        string fragment = Uri.UnescapeDataString(escaped ?? string.Empty);
        List<SchemaPlace> starts = resource.Length == 0
            ? [from.ToResource()]
            : _resources.GetValueOrDefault(SchemaUri.Resolve(from.Uri, resource)) ?? [];
        if (fragment.Length == 0 || fragment[0] == '/')
        {
            return [.. starts.Select(start => Follow(start, fragment)).Where(static place => place is not null).Select(static place => place!.Value)];
        }

        return starts.Count > 0 && _anchors.TryGetValue(fragment, out List<SchemaPlace>? named) ? named : [];
    }

    private SchemaPlace? Follow(SchemaPlace place, string pointer)
    {
        foreach (string token in pointer.Split('/').Skip(1).Select(JsonPointer.Unescape))
        {
            if (!_document.TryStep(place.Element, token, out JsonElement next))
            {
                return null;
            }

            place = place.Into(next).AsResource();
        }

        return place;
    }

    /// <summary>Looks for names everywhere, in places that are no schemas too.</summary>
    private void Scan(SchemaPlace place)
    {
        place = place.AsResource();
        if (place.Element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in place.Element.EnumerateArray())
            {
                Scan(place.Into(item));
            }
        }

        if (place.Element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (place.IsResource)
        {
            Add(_resources, place.Uri, place);
        }

        foreach (JsonProperty member in place.Element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String)
            {
                Note(member.Name, member.Value.GetString()!, place);
            }
            else
            {
                Scan(place.Into(member.Value));
            }
        }
    }

    private void Note(string keyword, string value, SchemaPlace place)
    {
        if (keyword is "$anchor" or "$dynamicAnchor")
        {
            Add(_anchors, value, place);
        }
        else if (keyword == "$id" && SchemaUri.Split(value).Fragment is { Length: > 0 } anchor)
        {
            Add(_anchors, anchor, place);
        }
    }

    private static void Add(Dictionary<string, List<SchemaPlace>> places, string name, SchemaPlace place)
    {
        if (places.TryGetValue(name, out List<SchemaPlace>? same))
        {
            same.Add(place);
        }
        else
        {
            places.Add(name, [place]);
        }
    }
}
