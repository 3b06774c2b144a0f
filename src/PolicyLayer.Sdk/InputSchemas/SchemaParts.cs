using System.Text.Json;
using PolicyLayer.Sdk.Decisions;

namespace PolicyLayer.Sdk.InputSchemas;

/// <summary>Reads a schema that is known to be right into its parts, following references.</summary>
internal sealed class SchemaParts(JsonElement root)
{
    private readonly SchemaReferences _references = new(root);
    private readonly Dictionary<int, SchemaPart> _byPlace = [];
    private readonly Queue<(SchemaPlace Place, SchemaPart Part)> _unread = [];

    /// <summary>Why the parts are not all known; null when they are.</summary>
    public string? Problem { get; private set; }

    /// <summary>The part that the whole schema is, with all that it leads to.</summary>
    public SchemaPart ReadAll()
    {
        SchemaPart whole = At(SchemaPlace.Root(root));
        while (_unread.TryDequeue(out (SchemaPlace Place, SchemaPart Part) next))
        {
            if (next.Place.Element.ValueKind == JsonValueKind.Object)
            {
                Read(next.Place, next.Part);
            }
        }

        return whole;
    }

    private SchemaPart At(SchemaPlace place)
    {
        int offset = place.OffsetIn(root);
        if (!_byPlace.TryGetValue(offset, out SchemaPart? part))
        {
            part = new SchemaPart(_byPlace.Count);
            _byPlace.Add(offset, part);
            _unread.Enqueue((place.AsResource(), part));
        }

        return part;
    }

    private void Read(SchemaPlace place, SchemaPart part)
    {
        foreach (JsonProperty keyword in place.Element.EnumerateObject())
        {
            SchemaPlace value = place.Into(keyword.Value);
            switch (keyword.Name)
            {
                case "properties":
                    foreach (JsonProperty member in MembersOf(keyword.Value))
                    {
                        part.Members[member.Name] = At(value.Into(member.Value));
                    }

                    break;
                case "patternProperties":
                    part.TakesAnyName |= MembersOf(keyword.Value).Any();
                    part.Patterns.AddRange(MembersOf(keyword.Value).Select(member => At(value.Into(member.Value))));
                    break;
                case "additionalProperties" or "unevaluatedProperties":
                    part.TakesAnyName |= keyword.Value.ValueKind != JsonValueKind.False;
                    part.Others.AddRange(OneOrMany(value));
                    break;
                case "items" or "prefixItems" or "additionalItems" or "unevaluatedItems" or "contains":
                    part.Items.AddRange(OneOrMany(value));
                    break;
                case "required" or "dependentRequired":
                    part.Required.UnionWith(NamesIn(keyword.Value));
                    break;
                case "dependentSchemas" or "dependencies":
                    part.Required.UnionWith(NamesIn(keyword.Value));
                    part.Same.AddRange(MembersOf(keyword.Value).Where(static member => member.Value.ValueKind == JsonValueKind.Object).Select(member => At(value.Into(member.Value))));
                    break;
                case "$ref" or "$dynamicRef" when keyword.Value.ValueKind == JsonValueKind.String:
                    part.Same.AddRange(Targets(place, keyword.Value.GetString()!));
                    break;
                case var name when SchemaKeywords.AskTheSameValue.Contains(name):
                    part.Same.AddRange(OneOrMany(value));
                    break;
            }
        }
    }

    private List<SchemaPart> Targets(SchemaPlace place, string reference)
    {
        List<SchemaPlace> found = _references.Find(place, reference);
        if (found.Count == 0)
        {
            Problem ??= $"`{ShownName.Of(reference)}` leads out of the schema, so the names that it declares are not known";
        }

        return [.. found.Select(At)];
    }

    private static JsonElement.ObjectEnumerator MembersOf(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default;

    /// <summary>The names in a list, or those of an object and in its lists.</summary>
    private static IEnumerable<string> NamesIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(static member => (member.Value.ValueKind == JsonValueKind.Array ? NamesIn(member.Value) : []).Prepend(member.Name)),
        _ => [],
    };

    private IEnumerable<SchemaPart> OneOrMany(SchemaPlace value) => value.Element.ValueKind switch
    {
        JsonValueKind.Object => [At(value)],
        JsonValueKind.Array => value.Element.EnumerateArray().Select(item => At(value.Into(item))),
        _ => [],
    };
}
