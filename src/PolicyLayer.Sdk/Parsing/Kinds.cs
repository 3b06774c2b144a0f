using System.Text.Json;

namespace PolicyLayer.Sdk.Parsing;

/// <summary>JSON types in words.</summary>
internal static class Kinds
{
    public static string WithArticle(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "`true`",
        JsonValueKind.False => "`false`",
        _ => "`null`",
    };
}
