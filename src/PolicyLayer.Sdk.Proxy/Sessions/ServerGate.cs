using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using PolicyLayer.Sdk.Mcp.Clients;
using PolicyLayer.Sdk.Proxy.Messages;
using PolicyLayer.Sdk.Proxy.Telemetry;

namespace PolicyLayer.Sdk.Proxy.Sessions;

/// <summary>What of a server's messages reaches the client, and what they settle on the way.</summary>
/// <param name="open">The requests that wait.</param>
/// <param name="isShown">Says of each listed tool whether it stays.</param>
/// <param name="logger">Hears of what is dropped.</param>
/// <param name="areLines">Whether messages come as lines.</param>
internal sealed class ServerGate(OpenRequests open, Func<JsonElement, bool> isShown, ILogger logger, bool areLines)
{
    /// <summary>What a client is told in the place of an answer that nobody can be certain of.</summary>
    public const string Unreadable = "the server's answer could be read in more than one way, so it is not passed on";

    /// <summary>What it is told in the place of one of which too much would have to be held.</summary>
    public const string TooLong = "the server's answer is longer than this proxy passes on";

    /// <summary>What it is told in the place of one that comes no more.</summary>
    public const string Ended = "the server ended before it answered";

    private volatile bool _tellsOfTools;

    /// <summary>Whether the server has said that it tells when its list of tools changes.</summary>
    public bool TellsOfTools => _tellsOfTools;

    /// <summary>What the client gets of a message; null when it gets nothing.</summary>
    /// <param name="bytes">The message, or its head.</param>
    /// <param name="isWhole">Whether it is all there, and no other reader would see another message in it.</param>
    public async ValueTask<ReadOnlyMemory<byte>?> PassAsync(ReadOnlyMemory<byte> bytes, bool isWhole)
    {
        ServerMessage message = isWhole ? ServerMessage.Read(bytes.Span, areLines) : default;
        switch (message.Kind)
        {
            case ServerMessageKind.Passed:
                return bytes;
            case ServerMessageKind.Subscribed:
                open.Listen(message.Id);
                return bytes;
            case ServerMessageKind.Answer when open.TryTake(message.Id, out OpenRequest? request):
                // Settled first: a client that has its answer may count on what the limits gave back.
                await request.SettleAsync(message.Outcome).ConfigureAwait(false);
                _tellsOfTools |= request.Kind == ClientMessageKind.Initialize && DeclaresChanges(message.Result);
                return request.Kind == ClientMessageKind.Listing && message.Result.ValueKind != JsonValueKind.Undefined
                    ? Prune(bytes) ?? Answers.Error(request.Id, McpErrorCode.InternalError, ListedTools.Unreadable)
                    : request.Replaced is { } replaced ? UnknownTool.AnswerOf(bytes, replaced.Name, replaced.Hidden)
                    : bytes;
            case ServerMessageKind.Answer:
                Log.UnaskedAnswer(logger);
                return null;
            default:
                return await ReplaceAsync(bytes, isWhole).ConfigureAwait(false);
        }
    }

    private static bool DeclaresChanges(JsonElement initialized) =>
        DecidingMembers.Find(DecidingMembers.Find(DecidingMembers.Find(initialized, "capabilities"), "tools"), "listChanged").ValueKind == JsonValueKind.True;

    private ReadOnlyMemory<byte>? Prune(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return PrunedListing.Of(bytes, isShown);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReplaceAsync(ReadOnlyMemory<byte> bytes, bool isWhole)
    {
        if (HeadId.Find(bytes.Span) is { } id && open.TryTake(id, out OpenRequest? request))
        {
            await request.SettleAsync(ToolOutcome.Error).ConfigureAwait(false);
            return Answers.Error(id, McpErrorCode.InternalError, isWhole ? Unreadable : TooLong);
        }

        if (!bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            if (areLines)
            {
                Log.ServerLineDropped(logger);
            }
            else
            {
                Log.ServerMessageDropped(logger);
            }
        }

        return null;
    }
}
