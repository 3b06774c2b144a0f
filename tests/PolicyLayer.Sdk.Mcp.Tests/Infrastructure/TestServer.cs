using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests;

/// <summary>An MCP server with policies, and real clients of it over pipes.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<Connection> _connections = [];

    private TestServer(ServiceProvider services) => _services = services;

    public RecordingSink Audit => _services.GetRequiredService<RecordingSink>();

    public IServiceProvider Services => _services;

    public McpServerOptions Options => _services.GetRequiredService<IOptions<McpServerOptions>>().Value;

    /// <summary>The first client.</summary>
    public McpClient Client => _connections[0].Client;

    /// <summary>Starts a server and connects one client.</summary>
    /// <param name="policy">The policy's JSON.</param>
    /// <param name="configure">Adds tools, filters and <c>WithToolPolicies()</c>, in the order under test.</param>
    /// <param name="policies">Adds to the policies.</param>
    /// <param name="protocol">The protocol revision that the client asks for; null for the newest.</param>
    public static async Task<TestServer> StartAsync(
        string policy, Action<IMcpServerBuilder> configure, Action<ToolPolicyBuilder>? policies = null, string? protocol = null)
    {
        var services = new ServiceCollection();
        var sink = new RecordingSink();
        services.AddSingleton(sink);
        ToolPolicyBuilder builder = services.AddToolPolicies(options => options.AddPolicy(ToolPolicy.Parse(policy))).AddAuditSink(sink);
        policies?.Invoke(builder);
        configure(services.AddMcpServer());
        var server = new TestServer(services.BuildServiceProvider(validateScopes: true));
        await server.ConnectAsync(protocol);
        return server;
    }

    /// <summary>Connects one more client.</summary>
    public async Task<McpClient> ConnectAsync(string? protocol = null, string? session = null)
    {
        Connection connection = await Connection.OpenAsync(Options, _services, protocol, session);
        _connections.Add(connection);
        return connection.Client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Connection connection in _connections)
        {
            await connection.DisposeAsync();
        }

        await _services.DisposeAsync();
    }

    /// <summary>A server made of options alone, or of a host's, and one client of it.</summary>
    internal sealed class Connection : IAsyncDisposable
    {
        private readonly McpServer _server;
        private readonly Task _running;
        private readonly CancellationTokenSource _stop = new();

        private Connection(McpServer server)
        {
            _server = server;
            _running = server.RunAsync(_stop.Token);
        }

        public McpClient Client { get; private set; } = null!;

        public McpServer Server => _server;

        public static async Task<Connection> OpenAsync(McpServerOptions options, IServiceProvider? services = null, string? protocol = null, string? session = null)
        {
            Pipe requests = new(), responses = new();
            ITransport transport = new StreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream());
            var connection = new Connection(McpServer.Create(session is null ? transport : new SessionTransport(transport, session), options, null, services));
            connection.Client = await McpClient.CreateAsync(
                new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream()),
                new McpClientOptions { ProtocolVersion = protocol },
                cancellationToken: TestContext.Current.CancellationToken);
            return connection;
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

    /// <summary>A transport with a session, as HTTP has.</summary>
    private sealed class SessionTransport(ITransport inner, string session) : ITransport
    {
        public string? SessionId => session;

        public System.Threading.Channels.ChannelReader<JsonRpcMessage> MessageReader => inner.MessageReader;

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => inner.SendMessageAsync(message, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
