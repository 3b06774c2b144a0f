using System.Collections.Frozen;
using System.Text.Json;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>Keywords that describe and never judge (2020-12 validation, sections 8 and 9).</summary>
internal static class Annotations
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["$comment"] = "a string",
        ["title"] = "a string",
        ["description"] = "a string",
        ["default"] = "",
        ["examples"] = "an array",
        ["deprecated"] = "a boolean",
        ["readOnly"] = "a boolean",
        ["writeOnly"] = "a boolean",
        ["contentEncoding"] = "a string",
        ["contentMediaType"] = "a string",
    }.ToFrozenDictionary();

    public static IEnumerable<string> Names => Types.Keys;

    /// <returns>False when the keyword is not one of these.</returns>
    public static bool TryCheck(string keyword, JsonElement value, out string? fault)
    {
        fault = null;
        if (!Types.TryGetValue(keyword, out string? type))
        {
            return false;
        }

        string actual = JsonTypes.Describe(value.ValueKind);
        if (type.Length > 0 && actual != type)
        {
            fault = $"`{keyword}` must be {type}, not {actual}";
        }

        return true;
    }
}
