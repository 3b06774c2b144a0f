using Microsoft.Extensions.AI;
using ModelContextProtocol.Client;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Code that the documentation shows of clients, compiled here word for word.</summary>
internal static class ClientReadme
{
    public static async Task<IList<AITool>> ConnectAsync(IClientTransport transport, ToolGuard guard, ChatOptions chatOptions, IList<AITool> tools)
    {
        await using McpClient client = await McpClient.CreateAsync(transport.WithToolPolicies(guard));
        chatOptions.Tools = tools.WithToolPolicies(guard);
        return chatOptions.Tools;
    }
}
