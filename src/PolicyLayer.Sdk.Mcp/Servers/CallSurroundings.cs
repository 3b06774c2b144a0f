using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>What a server knows around a call: the tool's annotations, and the claims of the HTTP user.</summary>
internal static class CallSurroundings
{
    /// <summary>One for each tool: most calls have no user.</summary>
    private static readonly ConditionalWeakTable<McpServerTool, ToolCallContext> ByTool = [];

    /// <summary>The surroundings of a call, or null when there are none.</summary>
    public static ToolCallContext? Of(RequestContext<CallToolRequestParams> context)
    {
        ToolCallContext? ofTool = context.MatchedPrimitive is McpServerTool { ProtocolTool.Annotations: not null } tool
            ? ByTool.GetValue(tool, static tool => new ToolCallContext { ToolAnnotations = JsonSerializer.SerializeToElement(tool.ProtocolTool.Annotations, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ToolAnnotations))) })
            : null;
        return context.User is { } user && user.Claims.Any()
            ? new ToolCallContext { ToolAnnotations = ofTool?.ToolAnnotations ?? default, UserClaims = ToObject(user) }
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
