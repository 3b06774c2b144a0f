using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>What a server's answer says of how a call went.</summary>
internal static class CallOutcome
{
    /// <param name="result">The result; undefined when the answer was an error. One that says in two ways whether it is an error counts as one.</param>
    public static ToolOutcome Of(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object
        && DecidingMembers.AreExact(result, "isError")
        && (!result.TryGetProperty("isError", out JsonElement isError) || isError.ValueKind == JsonValueKind.False)
            ? ToolOutcome.Ok
            : ToolOutcome.Error;
}
