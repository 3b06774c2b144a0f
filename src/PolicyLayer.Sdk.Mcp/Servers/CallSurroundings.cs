using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>What a server knows around a call: the tool's annotations and its own schema, and the claims of the HTTP user.</summary>
internal sealed class CallSurroundings
{
    /// <summary>One for each tool: most calls have no user.</summary>
    private readonly ConditionalWeakTable<object, ToolCallContext> _byTool = [];
    private readonly ConditionalWeakTable<object, ToolCallContext>.CreateValueCallback _create;
    private readonly HandlerTools _handlers = new();
    private readonly ToolSchemaEnforcement _schemas;

    /// <param name="schemas">How tools' own schemas are enforced.</param>
    public CallSurroundings(ToolSchemaEnforcement schemas)
    {
        _schemas = schemas;
        _create = tool => Describe(tool is McpServerTool served ? served.ProtocolTool : (Tool)tool);
    }

    /// <summary>The surroundings of a call, or null when there are none.</summary>
    public ValueTask<ToolCallContext?> FindAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken) =>
        context.MatchedPrimitive is McpServerTool tool
            ? new ValueTask<ToolCallContext?>(CallUser.Add(context.User, _byTool.GetValue(tool, _create)))
            : FindHandledAsync(context, cancellationToken);

    private async ValueTask<ToolCallContext?> FindHandledAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        string name = context.Params?.Name ?? string.Empty;
        (bool isKnown, Tool? tool) = await _handlers.FindAsync(context, cancellationToken).ConfigureAwait(false);
        ToolSchema? unlisted = isKnown ? _schemas.FindUnlisted(name) : _schemas.Compile(name, default);
        return CallUser.Add(context.User, tool is not null ? _byTool.GetValue(tool, _create) : unlisted is not null ? new ToolCallContext { InputSchema = unlisted } : null);
    }

    private ToolCallContext Describe(Tool tool) => new()
    {
        ToolAnnotations = tool.Annotations is { } annotations
            ? JsonSerializer.SerializeToElement(annotations, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ToolAnnotations)))
            : default,
        InputSchema = _schemas.Compile(tool.Name, tool.InputSchema),
    };
}
