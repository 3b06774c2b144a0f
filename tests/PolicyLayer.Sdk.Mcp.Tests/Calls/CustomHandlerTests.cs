using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

public sealed class CustomHandlerTests
{
    private const string Policy = """
        { "version": "1", "default": "deny", "hide": ["hidden"],
          "tools": { "echo": { "limits": [{ "counter": "rate", "window": "hour", "max": 3, "scope": "grant" }] } } }
        """;

    private readonly ConcurrentQueue<string> _ran = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handler_is_guarded_wherever_it_is_registered(bool before)
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            _ = before ? builder.WithCallToolHandler(Handle).WithToolPolicies() : builder.WithToolPolicies().WithCallToolHandler(Handle);
        });

        await AssertThreeRunAsync(server.Client);
        Assert.Equal(["echo allowed", "echo allowed", "echo allowed", "echo limit_exceeded", "other default_deny"], server.Audit.Decisions);
    }

    [Fact]
    public async Task Handler_beside_tools_is_guarded()
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder => builder.WithTools(new TestTools().All("other")).WithCallToolHandler(Handle).WithToolPolicies());
        await AssertThreeRunAsync(server.Client);
    }

    [Fact]
    public async Task Protected_handler_needs_no_services()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(Policy));
        var options = new McpServerOptions { Handlers = { CallToolHandler = guard.Protect(Handle), ListToolsHandler = guard.Protect(ListTools) } };
        await using var connection = await TestServer.Connection.OpenAsync(options);

        await AssertThreeRunAsync(connection.Client);
        Assert.Equal(["echo"], await connection.Client.ListAsync());
    }

    [Fact]
    public async Task Protected_handler_of_a_cancelled_call_throws_where_it_is_awaited()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(Policy));
        await using var connection = await TestServer.Connection.OpenAsync(new McpServerOptions());
        var request = new RequestContext<CallToolRequestParams>(connection.Server, new JsonRpcRequest { Method = "tools/call" }, new CallToolRequestParams { Name = "echo" });
        ValueTask<CallToolResult> call = guard.Protect(Handle)(request, new CancellationToken(canceled: true));
        Assert.True(call.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await call);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Protected_handler_does_not_run_a_call_that_needs_approval_where_nobody_is_asked()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse("""{ "version": "1", "default": "deny", "tools": { "echo": { "action": "require_approval" } } }"""));
        await using var connection = await TestServer.Connection.OpenAsync(new McpServerOptions { Handlers = { CallToolHandler = guard.Protect(Handle) } });

        Assert.Equal("approval_required", (await connection.Client.CallAsync("echo")).Reason());
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Protected_handler_asks_the_resolver_it_is_given()
    {
        ToolGuard guard = ToolGuard.Create(ToolPolicy.Parse(Policy));
        var resolver = new NobodyResolver();
        var options = new McpServerOptions { Handlers = { CallToolHandler = guard.Protect(Handle, resolver), ListToolsHandler = guard.Protect(ListTools, resolver) } };
        await using var connection = await TestServer.Connection.OpenAsync(options);

        Assert.Equal("no_policy", (await connection.Client.CallAsync("echo")).Reason());
        Assert.Empty(await connection.Client.ListAsync());
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Protected_handler_takes_the_grant_of_the_hosts_resolver()
    {
        await using TestServer server = await TestServer.StartAsync(
            Policy,
            builder => builder.Services.AddOptions<McpServerOptions>().Configure<ToolGuard>((options, guard) => options.Handlers.CallToolHandler = guard.Protect(Handle)),
            policies => policies.UseGrantResolver(static _ => new Grant("someone")));

        await AssertThreeRunAsync(server.Client);
        Assert.All(server.Audit.Entries, static entry => Assert.Equal("someone", entry.Grant));
    }

    [Fact]
    public async Task Handler_that_is_protected_twice_over_is_judged_and_counted_once()
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            builder.Services.AddOptions<McpServerOptions>().Configure<ToolGuard>((options, guard) => options.Handlers.CallToolHandler = guard.Protect(guard.Protect(Handle)));
            builder.WithToolPolicies().WithToolPolicies();
        });

        await AssertThreeRunAsync(server.Client);
        Assert.Equal(5, server.Audit.Decisions.Count());
        Assert.Equal([ToolOutcome.Ok, ToolOutcome.Ok, ToolOutcome.Ok], server.Audit.Outcomes);
    }

    [Fact]
    public async Task Two_guards_both_judge()
    {
        ToolGuard stricter = ToolGuard.Create(ToolPolicy.Parse("""{ "version": "1", "default": "deny", "tools": { "other": {} } }"""));
        await using TestServer server = await TestServer.StartAsync(Policy, builder => builder.WithCallToolHandler(stricter.Protect(Handle)).WithToolPolicies());

        Assert.Equal("default_deny", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal("default_deny", (await server.Client.CallAsync("other")).Reason());
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Raw_handler_of_calls_stops_the_start()
    {
#pragma warning disable MCPEXP002 // what is tested
        var raw = new McpServerRequestHandler { Method = "tools/call", Handler = static (_, _) => default };
#pragma warning restore MCPEXP002
        OptionsValidationException e = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(Policy, builder =>
        {
            builder.WithToolPolicies();
#pragma warning disable MCPEXP002 // what is tested
            builder.Services.PostConfigure<McpServerOptions>(options => options.RequestHandlers = [raw]);
#pragma warning restore MCPEXP002
        }));
        Assert.Contains("WithCallToolHandler", e.Message, StringComparison.Ordinal);
    }

    private async Task AssertThreeRunAsync(ModelContextProtocol.Client.McpClient client)
    {
        var reasons = new List<string>();
        foreach (string tool in new[] { "echo", "echo", "echo", "echo", "other" })
        {
            reasons.Add((await client.CallAsync(tool)).Reason());
        }

        Assert.Equal(["allowed", "allowed", "allowed", "limit_exceeded", "default_deny"], reasons);
        Assert.Equal(["echo", "echo", "echo"], _ran);
    }

    private ValueTask<CallToolResult> Handle(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        _ran.Enqueue(context.Params.Name);
        return new ValueTask<CallToolResult>(new CallToolResult());
    }

    private sealed class NobodyResolver : IGrantResolver
    {
        public ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken) => default;
    }

    private static ValueTask<ListToolsResult> ListTools(RequestContext<ListToolsRequestParams> context, CancellationToken cancellationToken) =>
        new(new ListToolsResult { Tools = [new Tool { Name = "echo" }, new Tool { Name = "hidden" }] });
}
