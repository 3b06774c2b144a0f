using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Sdk;

namespace PolicyLayer.Benchmarks.Mcp;

/// <summary>A server of the MCP C# SDK with one tool, and a client of it over pipes.</summary>
internal sealed class InMemoryServer
{
    private static readonly Dictionary<string, object?> Arguments = new() { ["currency"] = "usd", ["amount"] = 4200, ["customer"] = "c_1024", ["note"] = "the order of last week" };

    private readonly McpClient _client;

    private InMemoryServer(McpClient client) => _client = client;

    /// <summary>Nothing between the call and the tool.</summary>
    public static Task<InMemoryServer> PlainAsync() => StartAsync(static _ => { });

    /// <summary>A filter that does nothing: what the SDK itself takes for one.</summary>
    public static Task<InMemoryServer> WithEmptyFilterAsync() =>
        StartAsync(static server => server.WithRequestFilters(static filters => filters.AddCallToolFilter(static next => async (context, cancellationToken) => await next(context, cancellationToken))));

    /// <summary>A policy of 100 tools, each with two conditions and a limit.</summary>
    /// <param name="enforceToolSchemas">Whether the tool's own schema is enforced too, as it is by default.</param>
    public static Task<InMemoryServer> GuardedAsync(bool enforceToolSchemas = true) => StartAsync(server =>
    {
        server.Services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse(BenchmarkPolicies.Text(100, BenchmarkPolicies.Limit))));
        server.WithToolPolicies(options => options.EnforceToolSchemas = enforceToolSchemas);
    });

    public async Task<CallToolResult> CallAsync()
    {
        CallToolResult result = await _client.CallToolAsync(BenchmarkPolicies.Tool, Arguments);
        return result.IsError == true ? throw new InvalidOperationException("the call is to be allowed here") : result;
    }

    private static async Task<InMemoryServer> StartAsync(Action<IMcpServerBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddMcpServer().WithTools([McpServerTool.Create(static (string currency, int amount, string customer, string note) => "done", new McpServerToolCreateOptions { Name = BenchmarkPolicies.Tool })]));
        ServiceProvider provider = services.BuildServiceProvider();
        Pipe requests = new(), responses = new();
        McpServer server = McpServer.Create(new StreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream()), provider.GetRequiredService<IOptions<McpServerOptions>>().Value, null, provider);
        _ = server.RunAsync();
        return new InMemoryServer(await McpClient.CreateAsync(new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream())));
    }
}
