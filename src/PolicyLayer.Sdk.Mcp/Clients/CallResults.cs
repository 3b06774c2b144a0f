using System.Text.Json.Nodes;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>What a server's answer says of how a call went.</summary>
internal static class CallResults
{
    /// <summary>A result that cannot be read counts as an error: the client will not make more of it.</summary>
    public static ToolOutcome OutcomeOf(JsonNode? result)
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
