#pragma warning disable MCPEXP002 // the experimental filters around the ordinary ones are what is tested
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Alternate = ModelContextProtocol.Protocol.ResultOrAlternate<ModelContextProtocol.Protocol.CallToolResult>;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>The way that task-augmented calls take: a filter outside ours may answer first and run the tool later.</summary>
public sealed class AlternateFilterTests
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "echo": {}, "delete_agent": { "action": "deny" } } }""";

    private readonly TestTools _tools = new();

    [Theory]
    [InlineData("echo", "allowed")]
    [InlineData("delete_agent", "denied")]
    public async Task Call_that_is_answered_first_and_run_later_is_judged_when_it_runs(string tool, string reason)
    {
        var ended = new TaskCompletionSource<CallToolResult>();
        await using TestServer server = await StartAsync((context, next, token) =>
        {
            var later = new RequestContext<CallToolRequestParams>(context.Server, context.JsonRpcRequest, context.Params) { MatchedPrimitive = context.MatchedPrimitive };
            RunLater(async () => ended.SetResult((await next(later, CancellationToken.None)).Result!));
            return new ValueTask<Alternate>(new CallToolResult());
        });

        await server.Client.CallAsync(tool);
        Assert.Equal(reason, (await ended.Task).Reason());
        Assert.Equal(reason == "allowed" ? [tool] : [], _tools.Ran);
        Assert.Equal([$"{tool} {reason}"], server.Audit.Decisions);
    }

    [Fact]
    public async Task Call_that_an_outer_filter_rewrites_is_judged_as_it_will_run()
    {
        await using TestServer server = await StartAsync((context, next, token) =>
        {
            context.Params.Name = "delete_agent";
            return next(context, token);
        });

        Assert.Equal("denied", (await server.Client.CallAsync("echo")).Reason());
        Assert.Empty(_tools.Ran);
    }

    [Fact]
    public async Task Handler_that_would_replace_every_ordinary_filter_stops_the_start()
    {
        InvalidOperationException e = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(Policy, builder =>
        {
            builder.WithTools(_tools.All("echo")).WithToolPolicies();
            builder.Services.Configure<McpServerOptions>(static options =>
                options.Handlers.CallToolWithAlternateHandler = static (_, _) => new ValueTask<Alternate>(new CallToolResult()));
        }));
        Assert.Contains("CallToolFilters", e.Message, StringComparison.Ordinal);
    }

    private static void RunLater(Func<Task> run) => _ = Task.Run(run, CancellationToken.None);

    private Task<TestServer> StartAsync(McpRequestInvocationFilter<CallToolRequestParams, Alternate> filter) => TestServer.StartAsync(Policy, builder =>
    {
        builder.WithTools(_tools.All("echo", "delete_agent")).WithToolPolicies();
        builder.Services.Configure<McpServerOptions>(options => options.Filters.Request.CallToolWithAlternateFilters.Add(filter));
    });
}
