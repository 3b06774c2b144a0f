using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

public sealed class LogTests
{
    private const string Policy = """{ "version": "1", "default": "allow" }""";

    private readonly ConcurrentQueue<string> _log = [];

    [Fact]
    public async Task Changed_call_is_logged_with_what_to_look_at()
    {
        await using TestServer server = await StartAsync(static builder => builder.WithRequestFilters(static filters => filters.AddCallToolFilter(static next => (context, token) =>
        {
            context.Params.Arguments!["text"] = JsonElement.Parse("\"hunter2\"");
            return next(context, token);
        })));

        await server.Client.CallAsync("echo", ("text", "good"));
        Assert.Single(_log, static line => line.StartsWith("102 Error A call of echo was changed", StringComparison.Ordinal));
        Assert.DoesNotContain(_log, static line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Resolver_that_failed_is_logged_without_its_message()
    {
        await using TestServer server = await StartAsync(static _ => { }, static policies => policies.UseGrantResolver(static _ => throw new TimeoutException("hunter2")));
        await server.Client.CallAsync("echo", ("text", "good"));
        Assert.Single(_log, static line => line.StartsWith("101 Error The grant of a caller could not be found (TimeoutException)", StringComparison.Ordinal));
        Assert.DoesNotContain(_log, static line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_that_throws_leaves_a_denial_what_it_is()
    {
        await using TestServer server = await TestServer.StartAsync(
            Policy,
            static builder =>
            {
                builder.Services.AddSingleton<ILogger<ToolGuard>, FailingLogger>();
                builder.WithCallToolHandler(static (_, _) => new ValueTask<CallToolResult>(new CallToolResult()))
                    .WithListToolsHandler(static (_, _) => throw new InvalidOperationException())
                    .WithTools(new TestTools().All("echo"))
                    .WithRequestFilters(static filters => filters.AddCallToolFilter(static next => (context, token) => next(new(context.Server, context.JsonRpcRequest, context.Params) { Services = context.Services }, token)))
                    .WithToolPolicies();
            });
        Assert.Equal("invalid_arguments", (await server.Client.CallAsync("handled")).Reason());
        Assert.Equal("evaluation_error", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal(["handled invalid_arguments", "echo allowed"], server.Audit.Decisions);
    }

    // Over HTTP a host makes options anew for each session, or each request. Each made the schemas of all tools anew, and told of them again.
    [Fact]
    public async Task Schema_of_a_tool_is_made_and_told_of_once_however_many_servers_have_it()
    {
        McpServerTool tool = new TestTools().Named("far");
        tool.ProtocolTool.InputSchema = JsonElement.Parse("""{ "type": "object", "$ref": "https://example.com/elsewhere" }""");
        await using TestServer server = await StartAsync(builder => builder.WithTools([tool]));
        for (int session = 0; session < 2; session++)
        {
            McpServerOptions options = server.Services.GetRequiredService<IOptionsFactory<McpServerOptions>>().Create(Options.DefaultName);
            await using var connection = await TestServer.Connection.OpenAsync(options, server.Services);
            Assert.Equal("invalid_arguments", (await connection.Client.CallAsync("far")).Reason());
        }

        Assert.Single(_log, static line => line.StartsWith("10 Error", StringComparison.Ordinal));
    }

    private Task<TestServer> StartAsync(Action<IMcpServerBuilder> more, Action<ToolPolicyBuilder>? policies = null) => TestServer.StartAsync(
        Policy,
        builder =>
        {
            builder.Services.AddLogging().AddSingleton<ILoggerProvider>(new RecordingLogger(_log));
            more(builder.WithTools(new TestTools().All("echo")).WithToolPolicies());
        },
        policies);
}
