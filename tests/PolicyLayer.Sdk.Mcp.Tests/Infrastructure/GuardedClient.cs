using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests;

/// <summary>A server without policies, and a client that guards itself.</summary>
internal sealed class GuardedClient : IAsyncDisposable
{
    private readonly McpServer _server;
    private readonly Task _running;
    private readonly CancellationTokenSource _stop = new();

    private GuardedClient(McpServer server)
    {
        _server = server;
        _running = server.RunAsync(_stop.Token);
    }

    public RecordingSink Audit { get; } = new();

    public ToolGuard Guard { get; private set; } = null!;

    public McpClient Client { get; private set; } = null!;

    public static async Task<GuardedClient> StartAsync(string policy, McpServerOptions options, Action<ToolPolicyMcpOptions>? configure = null, IGrantResolver? resolver = null, string? protocol = null)
    {
        Pipe requests = new(), responses = new();
        var connection = new GuardedClient(McpServer.Create(new StreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream()), options));
        connection.Guard = GuardOf(policy, connection.Audit);
        connection.Client = await McpClient.CreateAsync(
            new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream()).WithToolPolicies(connection.Guard, resolver, configure),
            new McpClientOptions { ProtocolVersion = protocol },
            cancellationToken: TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>A guard whose decisions are recorded.</summary>
    public static ToolGuard GuardOf(string policy, RecordingSink sink)
    {
        var services = new ServiceCollection();
        services.AddToolPolicies(options => options.AddPolicy(ToolPolicy.Parse(policy))).AddAuditSink(sink);
        return services.BuildServiceProvider().GetRequiredService<ToolGuard>();
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _stop.CancelAsync();
        await _running;
        await _server.DisposeAsync();
        _stop.Dispose();
    }
}
