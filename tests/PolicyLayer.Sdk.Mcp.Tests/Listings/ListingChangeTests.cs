using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests.Listings;

/// <summary>What clients are told when a policy file has changed.</summary>
public sealed class ListingChangeTests : IDisposable
{
    private const string Before = """{ "version": "1", "default": "allow", "hide": ["secret"] }""";
    private const string After = """{ "version": "1", "default": "allow" }""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-");
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(false, "2025-06-18")]
    [InlineData(true, "2025-06-18")]
    [InlineData(false, "2026-07-28")]
    [InlineData(true, "2026-07-28")]
    public async Task Every_client_is_told_once(bool areHandled, string protocol)
    {
        await using TestServer server = await StartAsync(protocol, builder => _ = areHandled ? builder.WithListToolsHandler(ListAsync) : builder.WithTools(new TestTools().All("echo", "secret")));
        McpClient[] clients = [server.Client, await server.ConnectAsync(protocol)];
        Channel<bool>[] told = [await ListenAsync(clients[0], protocol), await ListenAsync(clients[1], protocol)];
        Change("""{ "version": "1", "tolls": {} }""");
        Change(After);
        for (int i = 0; i < clients.Length; i++)
        {
            await told[i].Reader.ReadAsync(Token);
            Assert.Equal(["echo", "secret"], (await clients[i].ListAsync()).Order(StringComparer.Ordinal));
            Assert.False(told[i].Reader.TryRead(out _));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Client_of_a_server_that_tells_of_nothing_is_not_told()
    {
        await using TestServer server = await StartAsync("2025-06-18", builder =>
        {
            builder.WithListToolsHandler(ListAsync);
            builder.Services.Configure<McpServerOptions>(static options => options.Capabilities = new ServerCapabilities { Tools = new ToolsCapability { ListChanged = false } });
        });
        Channel<bool> told = await ListenAsync(server.Client, "2025-06-18");
        Change(After);
        Assert.Equal(["echo", "secret"], await server.Client.ListAsync());
        Assert.False(told.Reader.TryRead(out _));
        Assert.False(server.Client.ServerCapabilities.Tools!.ListChanged);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> context, CancellationToken cancellationToken) =>
        new(new ListToolsResult { Tools = [new() { Name = "echo" }, new() { Name = "secret" }] });

    private static async Task<Channel<bool>> ListenAsync(McpClient client, string protocol)
    {
        var told = Channel.CreateUnbounded<bool>();
        client.RegisterNotificationHandler(NotificationMethods.ToolListChangedNotification, (_, cancellationToken) => told.Writer.WriteAsync(true, cancellationToken));
        if (protocol != "2025-06-18")
        {
            var acknowledged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            client.RegisterNotificationHandler(NotificationMethods.SubscriptionsAcknowledgedNotification, (_, _) =>
            {
                acknowledged.TrySetResult();
                return default;
            });
            _ = client.SendRequestAsync(new JsonRpcRequest { Method = RequestMethods.SubscriptionsListen, Params = new JsonObject { ["notifications"] = new JsonObject { ["toolsListChanged"] = true } } }, Token);
            await acknowledged.Task;
        }

        Assert.Equal(["echo"], await client.ListAsync());
        return told;
    }

    private Task<TestServer> StartAsync(string protocol, Action<IMcpServerBuilder> configure)
    {
        File.WriteAllText(PolicyFile, Before);
        return TestServer.StartAsync(
            """{ "version": "1", "default": "allow" }""",
            builder =>
            {
                configure(builder);
                builder.WithToolPolicies();
            },
            policies => policies.Services.AddSingleton<TimeProvider>(_time).Configure<ToolPolicyOptions>(o => o.AddPolicyFile(PolicyFile, reloadOnChange: true)),
            protocol);
    }

    private string PolicyFile => Path.Combine(_folder.FullName, "changing.json");

    private void Change(string policy)
    {
        File.WriteAllText(PolicyFile, policy);
        _time.Advance(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
    }
}
