using System.Text.Json;
using PolicyLayer.Sdk.Mcp.Clients;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>A message of the client, read so strictly that no server can read it otherwise.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Id">Its id, or of a cancellation the id of the request that was cancelled; null where there is none that is certain.</param>
/// <param name="Tool">The tool of a call; empty where it names none for certain.</param>
/// <param name="Arguments">The arguments of a call; malformed where the call could be read in two ways.</param>
/// <param name="Whole">All of it, as it was read; undefined where it could not be.</param>
/// <param name="Problem">Why it is refused, where more is known than that.</param>
internal readonly record struct ClientMessage(ClientMessageKind Kind, MessageId? Id = null, string Tool = "", ToolArguments Arguments = default, JsonElement Whole = default, string? Problem = null)
{
    /// <summary>Why a message is refused of which nothing else is known.</summary>
    public const string Ambiguous = "the message could be read in more than one way, so it is not passed on";

    private const string ToolsCall = "tools/call";
    private const string ToolsList = "tools/list";
    private const string Initialize = "initialize";
    private const string Cancelled = "notifications/cancelled";

    /// <param name="line">The bytes, with or without the end of the line.</param>
    /// <param name="isLine">Whether the message is a line of a stream of lines, and not the whole of a body.</param>
    public static ClientMessage Read(ReadOnlySpan<byte> line, bool isLine = true)
    {
        try
        {
            return StrictLine.TryRead(line, out JsonElement message, out bool hasTwins, allowTwins: true, isLine) ? Of(message, hasTwins) with { Whole = message } : Unreadable(StrictLine.WithoutEnd(line), isLine);
        }
        catch (InvalidOperationException)
        {
            return StrictLine.TryReadLoosely(line, out JsonElement message) ? Halved(message) with { Whole = message } : default;
        }
    }

    /// <summary>What could not be taken apart: a batch, a message that is nested too deep, or none at all.</summary>
    private static ClientMessage Unreadable(ReadOnlySpan<byte> text, bool isLine) =>
        text.TrimStart(" \t\r\n"u8).StartsWith("["u8) ? new ClientMessage(ClientMessageKind.Refused, Problem: "a batch is not passed on: send its messages one by one")
        : StrictLine.IsText(text, isLine) && DeepMessage.FindId(text) is { } id ? new ClientMessage(ClientMessageKind.Refused, id, Problem: FormattableString.Invariant($"the message is nested deeper than {StrictLine.MaxDepth} levels, so it is not passed on"))
        : default;

    /// <summary>A message in which a name, or a text that decides, has half of a surrogate pair. Nobody can tell what a server reads there, but who asked is told.</summary>
    private static ClientMessage Halved(JsonElement message)
    {
        MessageId? id = HasMethod(message) && DecidingMembers.Find(message, "id") is var value && (value.ValueKind != JsonValueKind.String || TextOf(value) is not null) ? MessageId.Of(value) : null;
        return id is { } of && TextOf(DecidingMembers.Find(message, "method")) == ToolsCall
            ? Call(of, DecidingMembers.Find(message, "params"), hasTwins: true)
            : new ClientMessage(ClientMessageKind.Refused, id);
    }

    private static ClientMessage Of(JsonElement message, bool hasTwins)
    {
        if (!DecidingMembers.AreExact(message, StrictLine.Members))
        {
            return Refused(message);
        }

        if (!message.TryGetProperty("method", out JsonElement text))
        {
            return new ClientMessage(hasTwins ? ClientMessageKind.Refused : ClientMessageKind.Passed);
        }

        MessageId? id = null;
        if (message.TryGetProperty("id", out JsonElement value))
        {
            id = MessageId.Of(value);
            if (id is null)
            {
                return default;
            }
        }

        string method = text.ValueKind == JsonValueKind.String ? text.GetString()! : string.Empty;
        message.TryGetProperty("params", out JsonElement parameters);
        return (method, id) switch
        {
            (ToolsCall, { } of) => Call(of, parameters, hasTwins),
            (ToolsList, not null) when !hasTwins => new ClientMessage(ClientMessageKind.Listing, id),
            (Initialize, not null) when !hasTwins => new ClientMessage(ClientMessageKind.Initialize, id),
            (Cancelled, null) when !hasTwins => Cancellation(parameters),
            _ when hasTwins || !IsPlain(method) || LooseName.Equals(method, ToolsCall) || LooseName.Equals(method, ToolsList) => new ClientMessage(ClientMessageKind.Refused, id),
            (_, null) => new ClientMessage(ClientMessageKind.Passed),
            _ => new ClientMessage(ClientMessageKind.Request, id),
        };
    }

    /// <summary>A call whose parameters are odd in any way is judged for all that: as malformed, so that it is refused and recorded.</summary>
    private static ClientMessage Call(MessageId id, JsonElement parameters, bool hasTwins)
    {
        string tool = TextOf(DecidingMembers.Find(parameters, "name")) ?? string.Empty;
        bool isCertain = !hasTwins && tool.Length > 0 && DecidingMembers.AreExact(parameters, "name", "arguments");
        return new ClientMessage(
            ClientMessageKind.Call,
            id,
            tool,
            !isCertain ? ToolArguments.FromUtf8(default) : parameters.TryGetProperty("arguments", out JsonElement arguments) ? arguments : default(ToolArguments));
    }

    private static ClientMessage Cancellation(JsonElement parameters) =>
        parameters.ValueKind == JsonValueKind.Object && DecidingMembers.AreExact(parameters, "requestId") && parameters.TryGetProperty("requestId", out JsonElement target)
            ? MessageId.Of(target) is { } id ? new ClientMessage(ClientMessageKind.Cancellation, id) : default
            : new ClientMessage(ClientMessageKind.Passed);

    /// <summary>What is refused is told to whoever asked, but an answer gets no answer.</summary>
    private static ClientMessage Refused(JsonElement message) =>
        new(ClientMessageKind.Refused, HasMethod(message) ? MessageId.Of(DecidingMembers.Find(message, "id")) : null);

    private static bool HasMethod(JsonElement message) => message.EnumerateObject().Any(static member => DecidingMembers.IsLike(member, "method"));

    /// <summary>A text; null of what is none, for half of a surrogate pair.</summary>
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a method is of the letters that methods have; spaces and controls around a name are dropped by some servers.</summary>
    private static bool IsPlain(string method) => method.Length > 0 && method.All(static c => c is > ' ' and < '\u007F');
}
