using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>What a caller gets in place of a tool's result.</summary>
internal static class Refusal
{
    private const string MetaKey = "policylayer/decision";

    /// <summary>The refusal of a denied call: a sentence for the model, and the decision for programs.</summary>
    public static CallToolResult Of(in ToolDecision decision)
    {
        ToolDecision seen = decision.ForCaller();
        return Of(seen.Message, JsonObject.Create(seen.ToJsonElement())!);
    }

    /// <summary>What the SDK says of a tool that it does not know, in its own words.</summary>
    public static McpProtocolException UnknownTool(RequestContext<CallToolRequestParams> context) =>
        new(UnknownTool(context.Params?.Name), McpErrorCode.InvalidParams);

    /// <summary>The text of that.</summary>
    public static string UnknownTool(string? tool) => $"Unknown tool: '{tool}'";

    /// <summary>The refusal of a call that is not, or no longer, the one that was judged.</summary>
    public static CallToolResult OfChangedCall(RequestContext<CallToolRequestParams> context)
    {
        ToolDecision nobodys = default;
        JsonObject json = JsonObject.Create(nobodys.ToJsonElement())!;
        json["tool"] = context.Params?.Name;
        return Of(nobodys.Message, json);
    }

    private static CallToolResult Of(string message, JsonNode decision) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = message }],
        Meta = new JsonObject { [MetaKey] = decision },
    };
}
