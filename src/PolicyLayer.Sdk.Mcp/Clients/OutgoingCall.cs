using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using PolicyLayer.Sdk.Mcp.Servers;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>A <c>tools/call</c> on its way out, read strictly, and kept as the text that was read.</summary>
internal sealed class OutgoingCall
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 80 };

    private readonly JsonRpcRequest _request;
    private readonly JsonElement _parameters;

    private OutgoingCall(JsonRpcRequest request)
    {
        _request = request;
        Arguments = ToolArguments.FromUtf8(default);
    }

    private OutgoingCall(JsonRpcRequest request, JsonElement parameters, string tool)
    {
        _request = request;
        _parameters = parameters;
        Tool = tool;
        Arguments = parameters.TryGetProperty("arguments"u8, out JsonElement arguments) ? arguments : default(ToolArguments);
    }

    /// <summary>The tool's name; empty where the call names none that could be read.</summary>
    public string Tool { get; } = string.Empty;

    /// <summary>What to judge; malformed where the call could not be read.</summary>
    public ToolArguments Arguments { get; }

    public static OutgoingCall Of(JsonRpcRequest request)
    {
        try
        {
            JsonElement parameters = JsonElement.Parse(request.Params?.ToJsonString() ?? "null", Strict);
            return parameters.ValueKind == JsonValueKind.Object
                && DecidingMembers.AreExact(parameters, "name", "arguments")
                && parameters.TryGetProperty("name"u8, out JsonElement name)
                && name.ValueKind == JsonValueKind.String
                ? new OutgoingCall(request, parameters, name.GetString()!)
                : new OutgoingCall(request);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return new OutgoingCall(request);
        }
    }

    /// <summary>The request as it was judged. A new one: the sender may change its own.</summary>
    public JsonRpcRequest ToSend() => new()
    {
        Id = _request.Id,
        Method = _request.Method,
        Params = JsonObject.Create(_parameters),
        Context = _request.Context,
    };

    /// <summary>The answer to a denied call, as a guarded server would give it.</summary>
    public JsonRpcMessage Refuse(in ToolDecision decision)
    {
        if (decision.AnswerAsUnknownTool)
        {
            return new JsonRpcError { Id = _request.Id, Error = new JsonRpcErrorDetail { Code = (int)McpErrorCode.InvalidParams, Message = Refusal.UnknownTool(Tool) } };
        }

        return new JsonRpcResponse { Id = _request.Id, Result = JsonSerializer.SerializeToNode(Refusal.Of(decision), McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult))) };
    }
}
