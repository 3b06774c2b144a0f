using System.Text.Json;
using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>What a server says first on a subscription, as revision 2026-07-28 has them in place of sessions.</summary>
internal static class ToolSubscription
{
    /// <summary>The member of <c>_meta</c> that says whose a message is.</summary>
    public const string Id = "io.modelcontextprotocol/subscriptionId";

    /// <summary>The request of the subscription that a message acknowledges, where changes of the list of tools are among what it tells of; null of every other message.</summary>
    public static MessageId? Of(JsonElement message) =>
        DecidingMembers.Find(message, "method") is { ValueKind: JsonValueKind.String } method
        && method.ValueEquals(NotificationMethods.SubscriptionsAcknowledgedNotification)
        && DecidingMembers.Find(message, "params") is var parameters
        && DecidingMembers.Find(DecidingMembers.Find(parameters, "notifications"), "toolsListChanged").ValueKind == JsonValueKind.True
            ? MessageId.Of(DecidingMembers.Find(DecidingMembers.Find(parameters, "_meta"), Id))
            : null;
}
