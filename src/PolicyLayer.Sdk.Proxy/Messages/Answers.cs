using System.Buffers;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Mcp.Servers;

namespace PolicyLayer.Sdk.Proxy.Messages;

/// <summary>What the proxy itself says, as lines.</summary>
internal static class Answers
{
    /// <summary>The notification that the list of tools may have changed.</summary>
    /// <param name="subscription">The request under which the client listens to that; null where a session has no such requests.</param>
    public static ReadOnlyMemory<byte> ToolsChanged(MessageId? subscription) => Line(writer =>
    {
        writer.WriteString("method"u8, NotificationMethods.ToolListChangedNotification);
        if (subscription is { } id)
        {
            writer.WriteStartObject("params"u8);
            writer.WriteStartObject("_meta"u8);
            writer.WritePropertyName(ToolSubscription.Id);
            id.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    });

    /// <summary>A JSON-RPC error.</summary>
    /// <param name="id">The request's id; null where none is certain.</param>
    /// <param name="code">What kind of error.</param>
    /// <param name="message">What is wrong.</param>
    public static ReadOnlyMemory<byte> Error(MessageId? id, McpErrorCode code, string message) => Line(id, writer =>
    {
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, (int)code);
        writer.WriteString("message"u8, message);
        writer.WriteEndObject();
    });

    /// <summary>The answer to a denied call, as a guarded server would give it.</summary>
    public static ReadOnlyMemory<byte> Refuse(MessageId id, ToolDecision decision) => Line(id, writer =>
    {
        writer.WritePropertyName("result"u8);
        JsonSerializer.Serialize(writer, Refusal.Of(decision), McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)));
    });

    private static ReadOnlyMemory<byte> Line(MessageId? id, Action<Utf8JsonWriter> writeRest) => Line(writer =>
    {
        writer.WritePropertyName("id"u8);
        if (id is { } known)
        {
            known.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }

        writeRest(writer);
    });

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> writeRest)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writeRest(writer);
            writer.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenMemory;
    }
}
