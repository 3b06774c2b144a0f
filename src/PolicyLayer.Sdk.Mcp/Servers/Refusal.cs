using System.Buffers;
using System.Text.Json;
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
    /// <exception cref="McpProtocolException">The tool is hidden where an unknown tool is an error of the protocol: then it is one, in the SDK's words.</exception>
    public static CallToolResult Of(in ToolDecision decision, RequestContext<CallToolRequestParams> context)
    {
        if (decision.AnswerAsUnknownTool)
        {
            throw new McpProtocolException($"Unknown tool: '{context.Params?.Name}'", McpErrorCode.InvalidParams);
        }

        ToolDecision seen = decision.ForCaller();
        return Of(seen.Message, AsJson(seen));
    }

    /// <summary>The refusal of a call that is not, or no longer, the one that was judged.</summary>
    public static CallToolResult OfChangedCall(RequestContext<CallToolRequestParams> context)
    {
        ToolDecision nobodys = default;
        JsonNode json = AsJson(nobodys);
        json["tool"] = context.Params?.Name;
        return Of(nobodys.Message, json);
    }

    private static CallToolResult Of(string message, JsonNode decision) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = message }],
        Meta = new JsonObject { [MetaKey] = decision },
    };

    private static JsonNode AsJson(in ToolDecision decision)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            decision.WriteTo(writer);
        }

        return JsonNode.Parse(text.WrittenSpan)!;
    }
}
