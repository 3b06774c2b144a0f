using System.Collections.Frozen;
using System.Text.Json;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Where in a schema further schemas lie.</summary>
internal static class SubschemaKeywords
{
    private static readonly FrozenDictionary<string, SubschemaShape> Shapes = new Dictionary<SubschemaShape, string[]>
    {
        [SubschemaShape.One] =
        [
            "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else", "additionalItems",
            "unevaluatedItems", "unevaluatedProperties", "contentSchema",
        ],
        [SubschemaShape.OneOrList] = ["items", "prefixItems", "allOf", "anyOf", "oneOf"],
        [SubschemaShape.Map] = ["properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions"],
    }.SelectMany(pair => pair.Value.Select(name => (name, pair.Key))).ToFrozenDictionary(pair => pair.name, pair => pair.Key);

    /// <summary>Whether a keyword has schemas in it, and how they lie there. Whether a value is as it should be is for others to judge.</summary>
    public static bool TryGet(string keyword, JsonValueKind kind, out SubschemaShape shape) =>
        Shapes.TryGetValue(keyword, out shape) && (shape != SubschemaShape.Map || kind == JsonValueKind.Object);
}

/// <summary>How schemas lie in a keyword's value.</summary>
internal enum SubschemaShape
{
    One,
    OneOrList,
    Map,
}
