using System.Text.Json.Nodes;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>What the result of a response says of how a call went, as the client's library has read it.</summary>
internal static class ResponseOutcome
{
    /// <summary>A result that cannot be read counts as an error: the client will not make more of it.</summary>
    public static ToolOutcome Of(JsonNode? result)
    {
        try
        {
            return result is JsonObject read && !(read.TryGetPropertyValue("isError", out JsonNode? isError) && isError?.GetValueKind() != System.Text.Json.JsonValueKind.False)
                ? ToolOutcome.Ok
                : ToolOutcome.Error;
        }
        catch (ArgumentException)
        {
            // A key stands twice.
            return ToolOutcome.Error;
        }
    }
}
