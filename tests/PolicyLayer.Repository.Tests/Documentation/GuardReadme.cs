using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk;

namespace PolicyLayer.Repository.Tests.Documentation;

/// <summary>Code that the documentation shows, compiled here word for word.</summary>
internal static class GuardReadme
{
    public static async Task HostAsync(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
        builder.Logging.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace); // stdout carries the protocol

        builder.Services.AddToolPolicies(o => o.AddPolicyFile("policy.json"))            // read and checked when the host starts
                        .AddAuditFile("audit.jsonl");

        builder.Services.AddMcpServer()
                        .WithStdioServerTransport()
                        .WithTools<Tools>()
                        .WithToolPolicies();                                             // every call and every listing passes here

        await builder.Build().RunAsync();
    }

    public static void LeaveArgumentsOpen(HostApplicationBuilder builder)
    {
        builder.Services.AddMcpServer()
                        .WithTools<Tools>()
                        .WithToolPolicies(o => o.StrictToolSchemas = false);                     // or EnforceToolSchemas = false: no schema at all
    }

    public static void ProtectHandlers(McpServerOptions options, string json)
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(json));
        options.Handlers.CallToolHandler = guard.Protect(MyHandler);
        options.Handlers.ListToolsHandler = guard.Protect(MyList);
    }

    public static async Task<string> GuardByHandAsync(Grant grant, JsonElement arguments, CancellationToken cancellationToken)
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Load("policy.json"));

        ToolDecision decision = await guard.AuthorizeAsync(new ToolCall(grant, "run_python_code", arguments), cancellationToken);
        if (!decision.IsAllowed)
        {
            return decision.Message;                                                     // tells the model what was refused, and what it could do
        }

        string result = await RunAsync(arguments, cancellationToken);
        await guard.CompleteAsync(decision, ToolOutcome.Ok, cancellationToken);
        return result;
    }

    public static Grant Caller()
    {
        var grant = new Grant("alice", "Alice's assistant") { Attributes = JsonElement.Parse("""{ "team": "ops" }""") };
        return grant;
    }

    public static void ReadOptions(HostApplicationBuilder builder)
    {
        builder.Services.AddToolPolicies(o => o.AddPolicyFile("policy.json", reloadOnChange: true));
        builder.Services.AddOptions<ToolPolicyOptions>()
                        .Bind(builder.Configuration.GetSection("ToolPolicies"), o => o.ErrorOnUnknownConfiguration = true);
    }

    private static Task<string> RunAsync(JsonElement arguments, CancellationToken cancellationToken) =>
        Task.FromResult(arguments.ToString());

    private static ValueTask<CallToolResult> MyHandler(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken) =>
        new(new CallToolResult());

    private static ValueTask<ListToolsResult> MyList(RequestContext<ListToolsRequestParams> context, CancellationToken cancellationToken) =>
        new(new ListToolsResult { Tools = [] });

    [McpServerToolType]
    private sealed class Tools
    {
        [McpServerTool]
        public static string Echo(string text) => text;
    }
}
