using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>What a server knows around a call: the tool's annotations and its own schema, and the claims of the HTTP user.</summary>
internal sealed class CallSurroundings
{
    /// <summary>One for each tool: most calls have no user.</summary>
    private readonly ConditionalWeakTable<McpServerTool, ToolCallContext> _byTool = [];
    private readonly ConditionalWeakTable<McpServerTool, ToolCallContext>.CreateValueCallback _create;
    private readonly ToolSchemaEnforcement _schemas;

    /// <param name="schemas">How tools' own schemas are enforced.</param>
    public CallSurroundings(ToolSchemaEnforcement schemas)
    {
        _schemas = schemas;
        _create = tool => new ToolCallContext
        {
            ToolAnnotations = tool.ProtocolTool.Annotations is { } annotations
                ? JsonSerializer.SerializeToElement(annotations, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ToolAnnotations)))
                : default,
            InputSchema = schemas.Compile(tool.ProtocolTool.Name, tool.ProtocolTool.InputSchema),
        };
    }

    /// <summary>The surroundings of a call, or null when there are none.</summary>
    public ToolCallContext? Of(RequestContext<CallToolRequestParams> context)
    {
        ToolCallContext? ofTool = context.MatchedPrimitive is McpServerTool tool ? _byTool.GetValue(tool, _create)
            : _schemas.FindUnlisted(context.Params?.Name ?? string.Empty) is { } schema ? new ToolCallContext { InputSchema = schema }
            : null;
        return context.User is { } user && user.Claims.Any()
            ? new ToolCallContext { ToolAnnotations = ofTool?.ToolAnnotations ?? default, UserClaims = ToObject(user), InputSchema = ofTool?.InputSchema }
            : ofTool;
    }

    /// <summary>The claims by type: a text, or a list where a type stands several times.</summary>
    private static JsonElement ToObject(ClaimsPrincipal user)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (IGrouping<string, Claim> claims in user.Claims.GroupBy(static claim => claim.Type, StringComparer.Ordinal))
            {
                writer.WritePropertyName(claims.Key);
                if (claims.Count() == 1)
                {
                    writer.WriteStringValue(claims.Single().Value);
                    continue;
                }

                writer.WriteStartArray();
                foreach (Claim claim in claims)
                {
                    writer.WriteStringValue(claim.Value);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.ToArray());
    }
}
