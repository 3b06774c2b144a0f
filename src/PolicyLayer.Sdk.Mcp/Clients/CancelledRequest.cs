using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>Reads which request a client has cancelled.</summary>
internal static class CancelledRequest
{
    /// <summary>The request's id; null when the message names none.</summary>
    public static RequestId? IdOf(JsonRpcMessage message)
    {
        try
        {
            return (message as JsonRpcNotification)?.Params is { } parameters
                ? parameters.Deserialize((JsonTypeInfo<CancelledNotificationParams>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CancelledNotificationParams)))?.RequestId
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
