using System.Collections.Frozen;

namespace PolicyLayer.Sdk.NJsonSchema.Loading;

/// <summary>Which keywords NJsonSchema 11.6 judges rightly. What is in none of these lists is refused too.</summary>
internal static class Keywords
{
    /// <summary>Judged, in the forms that <see cref="KeywordReader"/> lets through.</summary>
    public static readonly FrozenSet<string> Judged = FrozenSet.Create(
        StringComparer.Ordinal,
        "$ref", "additionalItems", "additionalProperties", "allOf", "anyOf", "definitions", "enum", "exclusiveMaximum", "exclusiveMinimum", "items",
        "maxItems", "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf", "not", "oneOf", "properties", "required", "type");

    /// <summary>Remarks: they judge nothing, and are not handed on.</summary>
    public static readonly FrozenSet<string> Annotations = FrozenSet.Create(
        StringComparer.Ordinal, "$comment", "default", "deprecated", "description", "example", "examples", "externalDocs", "readOnly", "title", "writeOnly", "xml");

    /// <summary>What is refused, and why.</summary>
    public static readonly FrozenDictionary<string, string> Refused = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["$defs"] = "NJsonSchema reads `definitions` alone",
        ["$dynamicRef"] = Ignored,
        ["const"] = Ignored,
        ["contains"] = Ignored,
        ["contentEncoding"] = Ignored,
        ["contentMediaType"] = Ignored,
        ["dependencies"] = Ignored,
        ["dependentRequired"] = Ignored,
        ["dependentSchemas"] = Ignored,
        ["discriminator"] = Ignored,
        ["disallow"] = Ignored,
        ["divisibleBy"] = Ignored,
        ["else"] = Ignored,
        ["extends"] = Ignored,
        ["format"] = "NJsonSchema ignores most formats, and takes others loosely",
        ["if"] = Ignored,
        ["maxContains"] = Ignored,
        ["minContains"] = Ignored,
        ["nullable"] = "NJsonSchema takes null beside it; write `\"type\": [\"null\", …]`",
        ["pattern"] = "NJsonSchema judges it by .NET's backtracking engine, in another dialect; use the policy's `arguments`",
        ["patternProperties"] = "NJsonSchema asks only the first schema that fits a name",
        ["prefixItems"] = Ignored,
        ["propertyNames"] = Ignored,
        ["then"] = Ignored,
        ["unevaluatedItems"] = Ignored,
        ["unevaluatedProperties"] = Ignored,
        ["uniqueItems"] = "NJsonSchema compares the texts of the items: objects in another order count as different",
        ["x-dictionaryKey"] = Ignored,
        ["x-nullable"] = "NJsonSchema takes null beside it; write `\"type\": [\"null\", …]`",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private const string Ignored = "NJsonSchema ignores it";
}
