using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Starts;

/// <summary>What a host is told when it starts.</summary>
public sealed class StartTests : IDisposable
{
    private const string NothingEnforces = "7 Warning Policies are configured, but nothing enforces them in this MCP server: add .WithToolPolicies() to AddMcpServer()";

    private readonly ConcurrentQueue<string> _log = [];
    private readonly Pipe _requests = new();
    private readonly Pipe _responses = new();

    [Fact]
    public async Task Adapter_without_policies_stops_the_start()
    {
        using IHost host = Build(static services => services.AddMcpServer().WithToolPolicies());
        InvalidOperationException e = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal("WithToolPolicies() needs policies: call services.AddToolPolicies(o => o.AddPolicyFile(\"policy.json\"))", e.Message);
    }

    [Fact]
    public async Task Policy_with_errors_stops_the_start()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{ "version": "1", "defalt": "deny" }""", TestContext.Current.CancellationToken);
        using IHost host = Build(services =>
        {
            services.AddToolPolicies(options => options.AddPolicyFile(file));
            AddServer(services).WithToolPolicies();
        });

        OptionsValidationException e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("`defalt`", e.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Policies_that_nothing_enforces_are_warned_of(bool enforced)
    {
        using IHost host = Build(services =>
        {
            AddPolicies(services);
            IMcpServerBuilder server = AddServer(services);
            _ = enforced ? server.WithToolPolicies() : server;
        });

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(enforced ? 0 : 1, _log.Count(static line => line == NothingEnforces));
    }

    [Fact]
    public async Task Host_that_protects_its_handler_by_hand_says_so_and_is_not_warned()
    {
        using IHost host = Build(static services =>
        {
            AddPolicies(services);
            services.AddMcpServer();
            services.AddOptions<McpServerOptions>().Configure<ToolGuard>(static (options, guard) =>
                options.Handlers.CallToolHandler = guard.Protect(static (RequestContext<CallToolRequestParams> _, CancellationToken _) => new ValueTask<CallToolResult>(new CallToolResult())));
            services.AddSingleton(new ToolPolicyEnforcementPoint("handler"));
        });

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(NothingEnforces, _log);
    }

    [Fact]
    public void Adapter_is_registered_once()
    {
        var services = new ServiceCollection();
        AddPolicies(services);
        services.AddMcpServer().WithToolPolicies();
        services.AddMcpServer().WithToolPolicies();
        Assert.Single(services, static service => service.ServiceType == typeof(ToolPolicyEnforcementPoint));
        Assert.Single(services, static service => service.ServiceType == typeof(IPostConfigureOptions<McpServerOptions>));
    }

    public void Dispose()
    {
        _requests.Writer.Complete();
        _responses.Writer.Complete();
    }

    private static void AddPolicies(IServiceCollection services) =>
        services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse("""{ "version": "1", "default": "deny" }""")));

    private IMcpServerBuilder AddServer(IServiceCollection services) =>
        services.AddMcpServer().WithStreamServerTransport(_requests.Reader.AsStream(), _responses.Writer.AsStream());

    private IHost Build(Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<ILoggerProvider>(new RecordingLogger(_log));
        builder.Services.AddLogging();
        configure(builder.Services);
        return builder.Build();
    }
}
