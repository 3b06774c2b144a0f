using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Servers;

/// <summary>The arguments to judge. Of a key that stands twice the SDK has kept the last; the message still knows both, and such a call must be seen as malformed.</summary>
internal static class StrictArguments
{
    public static ToolArguments Of(RequestContext<CallToolRequestParams> context)
    {
        IDictionary<string, JsonElement>? arguments = context.Params?.Arguments;
        try
        {
            return arguments is { Count: > 0 } && HasTwins(context.JsonRpcRequest.Params, arguments.Count)
                ? new ToolArguments(AsSent(context.JsonRpcRequest.Params))
                : new ToolArguments(arguments);
        }
        catch (InvalidOperationException)
        {
            // A name is no text: its bytes are of no encoding. The SDK has put something else in its place.
            return ToolArguments.FromUtf8(default);
        }
    }

    /// <summary>Whether a key stands twice. As many members as the SDK has kept are all different; else counting those of the node reads them into a dictionary, which refuses twins.</summary>
    private static bool HasTwins(JsonNode? parameters, int kept)
    {
        try
        {
            return parameters?["arguments"] is JsonObject arguments && MemberCounter.Count(arguments) != kept && arguments.Count < 0;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    /// <summary>The text as it came, so that the guard itself finds what is wrong with it.</summary>
    private static JsonElement AsSent(JsonNode? parameters)
    {
        try
        {
            return JsonElement.Parse(parameters!["arguments"]!.ToJsonString());
        }
        catch (ArgumentException)
        {
            return JsonElement.Parse(parameters!.ToJsonString());
        }
    }
}
