using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace PolicyLayer.Sdk.Mcp.Tests;

/// <summary>What tests ask of a client, and read from its answers.</summary>
internal static class Clients
{
    public static async Task<CallToolResult> CallAsync(this McpClient client, string tool, params (string Name, object? Value)[] arguments) =>
        await client.CallToolAsync(tool, arguments.ToDictionary(static pair => pair.Name, static pair => pair.Value), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Sends a call whose arguments are the text as it stands.</summary>
    public static async Task<CallToolResult> CallRawAsync(this McpClient client, string tool, string arguments)
    {
        JsonRpcResponse response = await client.SendRequestAsync(
            new JsonRpcRequest { Method = "tools/call", Params = JsonNode.Parse($$"""{ "name": "{{tool}}", "arguments": {{arguments}} }""") },
            TestContext.Current.CancellationToken);
        return System.Text.Json.JsonSerializer.Deserialize<CallToolResult>(response.Result, McpJsonUtilities.DefaultOptions)!;
    }

    public static async Task<string[]> ListAsync(this McpClient client) =>
        [.. (await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(static tool => tool.Name).Order()];

    /// <summary>The one text that the model reads.</summary>
    public static string Text(this CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;

    /// <summary>The decision that the refusal carries.</summary>
    public static JsonObject Decision(this CallToolResult result) => Assert.IsType<JsonObject>(result.Meta?["policylayer/decision"]);

    /// <summary>The reason code of a refusal; <c>allowed</c> for the answer of a tool.</summary>
    public static string Reason(this CallToolResult result) =>
        result.Meta?["policylayer/decision"] is { } decision ? decision["reason"]!.GetValue<string>() : result.IsError == true ? "tool error" : "allowed";
}
