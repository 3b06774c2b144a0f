using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Clients;

/// <summary>What a server has listed: hidden tools are left out, and of the others their schemas and annotations are remembered.</summary>
internal sealed class ListedTools(ClientGuard guard)
{
    /// <summary>How many tools are remembered; a server that lists more is not believed.</summary>
    private const int Most = 10_000;

    /// <summary>What a client is told in place of a listing that cannot be read for certain.</summary>
    public const string Unreadable = "the server's list of tools cannot be read for certain, so it is not shown";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    private readonly ConcurrentDictionary<string, Lazy<ToolCallContext>> _byName = new(StringComparer.Ordinal);

    /// <summary>What is known of a tool; before it was listed no more than a host's validator, or null.</summary>
    public ToolCallContext? Find(string tool) =>
        _byName.TryGetValue(tool, out Lazy<ToolCallContext>? listed) ? listed.Value
        : guard.Schemas.FindUnlisted(tool) is { } schema ? new ToolCallContext { InputSchema = schema }
        : null;

    /// <summary>The listing without hidden tools, every other member as it came; an error in its place where it cannot be read for certain.</summary>
    public JsonRpcMessage Prune(JsonRpcResponse response)
    {
        try
        {
            JsonElement result = JsonElement.Parse(response.Result?.ToJsonString() ?? "null", Strict);
            if (DecidingMembers.Find(result, "tools") is { ValueKind: JsonValueKind.Array } tools)
            {
                var pruned = JsonObject.Create(result)!;
                pruned["tools"] = new JsonArray([.. tools.EnumerateArray().Where(IsShown).Select(static tool => JsonObject.Create(tool))]);
                return new JsonRpcResponse { Id = response.Id, Result = pruned, Context = response.Context };
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // Told below.
        }

        return new JsonRpcError
        {
            Id = response.Id,
            Error = new JsonRpcErrorDetail { Code = (int)McpErrorCode.InternalError, Message = Unreadable },
        };
    }

    /// <summary>Whether a tool stays in the listing; if so, what it declares is remembered.</summary>
    /// <exception cref="InvalidOperationException">The server lists more tools than can be remembered, or a name is no text.</exception>
    public bool IsShown(JsonElement tool)
    {
        if (DecidingMembers.Find(tool, "name") is not { ValueKind: JsonValueKind.String } text || text.GetString() is not { } name || !guard.Guard.IsListed(Grant.Default, name))
        {
            return false;
        }

        if (_byName.Count >= Most && !_byName.ContainsKey(name))
        {
            throw new InvalidOperationException("too many tools");
        }

        JsonElement annotations = DecidingMembers.Find(tool, "annotations");
        _byName[name] = Remembered(name, annotations.ValueKind == JsonValueKind.Object ? annotations.Clone() : default, Kept(DecidingMembers.Find(tool, "inputSchema")));
        return true;
    }

    private static JsonElement Kept(JsonElement schema) => schema.ValueKind == JsonValueKind.Undefined ? default : schema.Clone();

    /// <summary>A schema is compiled for the first call: a server lists as many as it likes, and most are never called.</summary>
    private Lazy<ToolCallContext> Remembered(string name, JsonElement annotations, JsonElement schema) =>
        new(() => new ToolCallContext { ToolAnnotations = annotations, InputSchema = guard.Schemas.Compile(name, schema) });
}
