using System.Globalization;
using System.Text.Json;
using PolicyLayer.Schemas.Text;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>A JSON document with schemas: the one that is compiled, one of the options, or a metaschema.</summary>
/// <param name="uri">Where it was found; empty for the schema that is compiled.</param>
/// <param name="root">Its text has been scanned.</param>
/// <param name="location">The place of its root, for errors.</param>
/// <param name="isBuiltIn">Whether it comes with this library, so that no bound counts it.</param>
internal sealed class SchemaDocument(string uri, JsonElement root, SchemaLocation location, bool isBuiltIn)
{
    private readonly Dictionary<int, SchemaPosition> _positions = [];
    private Dictionary<int, Dictionary<string, JsonElement>>? _members;
    private Dictionary<int, JsonElement[]>? _items;

    public string Uri { get; } = uri;

    public JsonElement Root { get; } = root;

    public SchemaLocation Location { get; } = location;

    public bool IsBuiltIn { get; } = isBuiltIn;

    public SchemaPosition? Find(JsonElement element) => _positions.GetValueOrDefault(PlaceOf(element));

    public void Add(SchemaPosition position) => _positions[PlaceOf(position.Element)] = position;

    public IEnumerable<string> NamesOf(JsonElement element) => MembersOf(element).Keys;

    /// <summary>Goes one step of a JSON pointer (RFC 6901, section 4).</summary>
    public bool TryStep(JsonElement from, string token, out JsonElement to)
    {
        to = default;
        switch (from.ValueKind)
        {
            case JsonValueKind.Object:
                return MembersOf(from).TryGetValue(token, out to);
            case JsonValueKind.Array:
                bool isIndex = token is "0" || (token is [>= '1' and <= '9', ..] && token.All(char.IsAsciiDigit));
                if (isIndex && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < from.GetArrayLength())
                {
                    to = ItemsOf(from)[index];
                    return true;
                }

                return false;
            default:
                return false;
        }
    }

    private Dictionary<string, JsonElement> MembersOf(JsonElement element) =>
        Keep(ref _members, element, static element => element.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value));

    private JsonElement[] ItemsOf(JsonElement list) => Keep(ref _items, list, static list => [.. list.EnumerateArray()]);

    // Kept, because thousands of references go through the same few objects and lists.
    private T Keep<T>(ref Dictionary<int, T>? kept, JsonElement element, Func<JsonElement, T> read)
    {
        int place = PlaceOf(element);
        kept ??= [];
        if (!kept.TryGetValue(place, out T? parts))
        {
            parts = read(element);
            kept.Add(place, parts);
        }

        return parts;
    }

    private int PlaceOf(JsonElement element) => element.OffsetIn(Root);
}
