using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace); // standard output is the protocol's

builder.Services.AddToolPolicies(o => o.AddPolicyFile(Path.Combine(AppContext.BaseDirectory, "policy.json")))
                .AddAuditFile(builder.Configuration["audit"] ?? "audit.jsonl");  // --audit FILE

builder.Services.AddMcpServer()
                .WithStdioServerTransport()
                .WithTools<Tools>()
                .WithToolPolicies();

await builder.Build().RunAsync();

[McpServerToolType]
internal sealed class Tools(TimeProvider time)
{
    [McpServerTool(Name = "echo"), Description("Repeats a text.")]
    public string Echo(string text) => text;

    [McpServerTool(Name = "get_time"), Description("Tells the time in UTC.")]
    public string GetTime() => time.GetUtcNow().ToString("O");

    [McpServerTool(Name = "delete_agent"), Description("Deletes an agent.")]
    public string DeleteAgent(string id) => $"{id} is gone"; // the policy hides it: no client sees it, or gets this far
}
