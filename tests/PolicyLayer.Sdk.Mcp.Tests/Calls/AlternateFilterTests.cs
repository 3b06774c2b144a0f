#pragma warning disable MCPEXP002 // the experimental filters around the ordinary ones are what is tested
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Alternate = ModelContextProtocol.Protocol.ResultOrAlternate<ModelContextProtocol.Protocol.CallToolResult>;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>The filters around all others, of which those are made that run calls as tasks: what they pass on, once or more, changed or later, is judged.</summary>
public sealed class AlternateFilterTests
{
    private const string Policy = """{ "version": "1", "default": "deny", "tools": { "echo": {}, "delete_agent": { "action": "deny" } } }""";

    private readonly TestTools _tools = new();

    [Theory]
    [InlineData("echo", "allowed")]
    [InlineData("delete_agent", "denied")]
    public async Task Call_that_passes_on_at_once_is_judged_once(string tool, string reason)
    {
        await using TestServer server = await StartAsync(static (context, next, token) => next(context, token));
        Assert.Equal(reason, (await server.Client.CallAsync(tool)).Reason());
        Assert.Equal(reason == "allowed" ? [tool] : [], _tools.Ran);
        Assert.Equal([$"{tool} {reason}"], server.Audit.Decisions);
        Assert.Equal(reason == "allowed" ? [ToolOutcome.Ok] : [], server.Audit.Outcomes);
    }

    [Fact]
    public async Task Call_that_runs_again_is_judged_and_counted_again()
    {
        await using TestServer server = await StartAsync(static async (context, next, token) =>
        {
            await next(context, token);
            return await next(context, token);
        });
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal(["echo", "echo"], _tools.Ran);
        Assert.Equal(["echo allowed", "echo allowed"], server.Audit.Decisions);
        Assert.Equal([ToolOutcome.Ok, ToolOutcome.Ok], server.Audit.Outcomes);
    }

    [Fact]
    public async Task Call_that_is_answered_first_and_run_later_is_judged_again_when_it_runs()
    {
        var answered = new TaskCompletionSource();
        var ended = new TaskCompletionSource<CallToolResult>();
        await using TestServer server = await StartAsync((context, next, token) =>
        {
            var later = new RequestContext<CallToolRequestParams>(context.Server, context.JsonRpcRequest, context.Params) { MatchedPrimitive = context.MatchedPrimitive };
            RunLater(async () =>
            {
                await answered.Task;
                ended.SetResult((await next(later, CancellationToken.None)).Result!);
            });
            return new ValueTask<Alternate>(new CallToolResult());
        });

        await server.Client.CallAsync("echo");
        Assert.Equal([ToolOutcome.NotRun], server.Audit.Outcomes);
        answered.SetResult();
        Assert.Equal("allowed", (await ended.Task).Reason());
        Assert.Equal([ToolOutcome.NotRun, ToolOutcome.Ok], server.Audit.Outcomes);
        Assert.Equal(["echo allowed", "echo allowed"], server.Audit.Decisions);
    }

    [Fact]
    public async Task Call_that_is_rewritten_on_its_way_is_refused()
    {
        await using TestServer server = await StartAsync(static (context, next, token) =>
        {
            context.Params.Name = "delete_agent";
            return next(context, token);
        });

        Assert.Equal("evaluation_error", (await server.Client.CallAsync("echo")).Reason());
        Assert.Empty(_tools.Ran);
        Assert.Equal([ToolOutcome.NotRun], server.Audit.Outcomes);
    }

    [Fact]
    public async Task Filter_that_is_put_first_later_sees_no_denied_call()
    {
        int seen = 0;
        await using TestServer server = await TestServer.StartAsync(Policy, builder => builder.WithTools(_tools.All("echo", "delete_agent")).WithToolPolicies());
        server.Options.Filters.Request.CallToolWithAlternateFilters.Insert(0, (context, next, token) =>
        {
            seen++;
            return next(context, token);
        });
        Assert.Equal("denied", (await server.Client.CallAsync("delete_agent")).Reason());
        Assert.Equal(0, seen);
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal(1, seen);
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
