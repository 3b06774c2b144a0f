using System.Text.Json;

namespace PolicyLayer.Schemas.Compilation;

/// <summary>The types of JSON, in words.</summary>
internal static class JsonTypes
{
    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
