using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>A message of the server, read so strictly that no client can take it for the answer to another request.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Of an answer, the request's; of a subscription likewise.</param>
/// <param name="Result">Of an answer, its result; undefined when it is an error.</param>
internal readonly record struct ServerMessage(ServerMessageKind Kind, MessageId Id = default, JsonElement Result = default)
{
    /// <summary>Of an answer, how the call went. One that says in two ways whether it is an error counts as one.</summary>
    public ToolOutcome Outcome =>
        Result.ValueKind == JsonValueKind.Object
        && DecidingMembers.AreExact(Result, "isError")
        && (!Result.TryGetProperty("isError", out JsonElement isError) || isError.ValueKind == JsonValueKind.False)
            ? ToolOutcome.Ok
            : ToolOutcome.Error;

    /// <param name="line">The bytes, with or without the end of the line.</param>
    /// <param name="isLine">Whether the message is a line of a stream of lines, and not the whole of a body.</param>
    public static ServerMessage Read(ReadOnlySpan<byte> line, bool isLine = true)
    {
        try
        {
            return StrictLine.TryRead(line, out JsonElement message, out _, allowTwins: true, isLine) && DecidingMembers.AreExact(message, StrictLine.Members) ? Of(message) : default;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>Whether the body of a failed response is an error of the protocol that is meant for a request: that request's, or, from a server that did not read so far, nobody's.</summary>
    /// <param name="request">The id of the request that the response answers; null where it answers none.</param>
    /// <param name="body">The whole body.</param>
    public static bool IsErrorFor(MessageId? request, ReadOnlySpan<byte> body)
    {
        try
        {
            return StrictLine.TryRead(body, out JsonElement message, out _, allowTwins: true, isLine: false) && DecidingMembers.AreExact(message, StrictLine.Members)
                && !message.TryGetProperty("method", out _) && !message.TryGetProperty("result", out _)
                && message.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
                && (!message.TryGetProperty("id", out JsonElement id) || id.ValueKind == JsonValueKind.Null || (request is { } asked && MessageId.Of(id) == asked));
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static ServerMessage Of(JsonElement message)
    {
        bool hasResult = message.TryGetProperty("result", out JsonElement result);
        bool hasError = message.TryGetProperty("error", out _);
        if (message.TryGetProperty("method", out _))
        {
            return hasResult || hasError ? default
                : ToolSubscription.Of(message) is { } subscription ? new ServerMessage(ServerMessageKind.Subscribed, subscription)
                : new ServerMessage(ServerMessageKind.Passed);
        }

        return hasResult != hasError && message.TryGetProperty("id", out JsonElement id) && MessageId.Of(id) is { } of
            ? new ServerMessage(ServerMessageKind.Answer, of, result)
            : default;
    }
}
