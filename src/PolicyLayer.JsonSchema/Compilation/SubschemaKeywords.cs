using System.Collections.Frozen;
using System.Text.Json;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Where in a schema further schemas lie.</summary>
internal static class SubschemaKeywords
{
    private enum Shape
    {
        One,
        OneOrList,
        Map,
    }

    private static readonly FrozenDictionary<string, Shape> Shapes = new Dictionary<Shape, string[]>
    {
        [Shape.One] =
        [
            "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "additionalItems",
            "unevaluatedItems", "unevaluatedProperties", "contentSchema",
        ],
        [Shape.OneOrList] = ["items", "prefixItems", "allOf", "anyOf", "oneOf"],
        [Shape.Map] = ["properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions"],
    }.SelectMany(pair => pair.Value.Select(name => (name, pair.Key))).ToFrozenDictionary(pair => pair.name, pair => pair.Key);

    /// <summary>The values in a keyword that are schemas if they look like one; whether they do is for others to judge.</summary>
    public static IEnumerable<(JsonElement Value, SchemaLocation Location)> Within(string keyword, JsonElement value, SchemaLocation location)
    {
        if (!Shapes.TryGetValue(keyword, out Shape shape))
        {
            return [];
        }

        return (shape, value.ValueKind) switch
        {
            (Shape.Map, JsonValueKind.Object) => value.EnumerateObject().Select(member => (member.Value, location.Child(member.Name))),
            (Shape.Map, _) => [],
            (Shape.OneOrList, JsonValueKind.Array) => value.EnumerateArray().Select((item, index) => (item, location.Child(index))),
            _ => [(value, location)],
        };
    }
}
