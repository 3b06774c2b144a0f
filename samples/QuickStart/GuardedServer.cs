using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk.Python;

namespace QuickStart;

/// <summary>An MCP server on stdio whose tools are guarded by policy.json.</summary>
internal static class GuardedServer
{
    public static async Task<int> RunAsync(string auditFile)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddToolPolicies(o => o.AddPolicyFile(Path.Combine(AppContext.BaseDirectory, "policy.json")))
                        .AddAuditFile(auditFile);
        builder.Services.AddMcpServer().WithStdioServerTransport()
                        .WithTools([
                            McpServerTool.Create(PythonTool.Create(new PythonRunner())),
                            McpServerTool.Create((string text) => text, new() { Name = "echo" }),
                            McpServerTool.Create(() => $"{TimeProvider.System.GetUtcNow():u}", new() { Name = "get_time" }),
                            McpServerTool.Create((string id) => $"deleted {id}", new() { Name = "delete_agent" })])
                        .WithToolPolicies();
        await builder.Build().RunAsync();
        return 0;
    }
}
