using System.Text.Json;

namespace PolicyLayer.Sdk.AI.Functions;

/// <summary>What a function's result says of how it went.</summary>
internal static class FunctionResults
{
    /// <summary>Whether a result is the error of a tool, as functions of MCP clients return it: they do not throw.</summary>
    public static bool IsError(object? result) =>
        result is JsonElement { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("isError"u8, out JsonElement isError) && isError.ValueKind == JsonValueKind.True;
}
