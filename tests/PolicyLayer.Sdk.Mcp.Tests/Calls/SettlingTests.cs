using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>What is told to the guard after a call, and what that gives back.</summary>
public sealed class SettlingTests
{
    private const string Policy = """
        { "version": "1", "default": "allow",
          "all_tools": { "limits": [{ "counter": "runs", "window": "hour", "max": 1, "scope": "grant" }] } }
        """;

    private const string RefundOnError = """
        { "version": "1", "default": "allow",
          "all_tools": { "limits": [{ "counter": "runs", "window": "hour", "max": 1, "scope": "grant", "refund": "on_error" }] } }
        """;

    private readonly TestTools _tools = new();

    [Fact]
    public async Task Tool_that_throws_ended_in_an_error_and_stays_counted()
    {
        await using TestServer server = await TestServer.StartAsync(Policy, Configure);
        CallToolResult result = await server.Client.CallAsync("fail");

        Assert.Equal("tool error", result.Reason());
        Assert.DoesNotContain("secret", result.Text(), StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.Error], server.Audit.Outcomes);
        Assert.Equal("limit_exceeded", (await server.Client.CallAsync("echo")).Reason());
    }

    [Fact]
    public async Task Error_gives_back_where_the_limit_says_so()
    {
        await using TestServer server = await TestServer.StartAsync(RefundOnError, Configure);
        await server.Client.CallAsync("fail");
        await server.Client.CallAsync("says_error");
        Assert.Equal([ToolOutcome.Error, ToolOutcome.Error], server.Audit.Outcomes);
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Filter_that_answers_or_throws_before_the_tool_gives_back(bool throws)
    {
        bool answers = true;
        await using TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            Configure(builder);
            builder.WithRequestFilters(filters => filters.AddCallToolFilter(next => (context, token) =>
                !answers ? next(context, token)
                : throws ? throw new McpException("not today")
                : new ValueTask<CallToolResult>(new CallToolResult { Content = [new TextContentBlock { Text = "cached" }] })));
        });

        await server.Client.CallAsync("echo");
        Assert.Empty(_tools.Ran);
        Assert.Equal([ToolOutcome.NotRun], server.Audit.Outcomes);

        answers = false;
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal(["echo"], _tools.Ran);
    }

    [Fact]
    public async Task Call_that_is_cancelled_while_its_tool_runs_is_settled_as_cancelled()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            Configure(builder);
            builder.WithTools([McpServerTool.Create(
                async (CancellationToken token) =>
                {
                    running.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                },
                new McpServerToolCreateOptions { Name = "wait" })]);
        });

        using var gone = new CancellationTokenSource();
        Task call = server.Client.SendRequestAsync(
            new JsonRpcRequest { Id = new RequestId("mine"), Method = "tools/call", Params = JsonNode.Parse("""{ "name": "wait" }""") }, gone.Token);
        await running.Task;
        await server.Client.SendMessageAsync(
            new JsonRpcNotification { Method = "notifications/cancelled", Params = JsonNode.Parse("""{ "requestId": "mine" }""") }, TestContext.Current.CancellationToken);

        Assert.Equal(ToolOutcome.Cancelled, await server.Audit.NextOutcomeAsync());
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("limit_exceeded", (await server.Client.CallAsync("echo")).Reason());
    }

    [Fact]
    public async Task Tool_that_asks_its_user_something_has_run()
    {
        await using TestServer server = await TestServer.StartAsync(RefundOnError, builder =>
        {
            Configure(builder);
            builder.WithTools([McpServerTool.Create(
                string () => throw new InputRequiredException(requestState: "step 1"),
                new McpServerToolCreateOptions { Name = "ask" })]);
        });

        // The client comes back by itself with what it was given, and that is a call of its own.
        Assert.Equal("limit_exceeded", (await server.Client.CallAsync("ask")).Reason());
        Assert.Equal(["ask allowed", "ask limit_exceeded"], server.Audit.Decisions);
        Assert.Equal([ToolOutcome.Ok], server.Audit.Outcomes);
    }

    private void Configure(IMcpServerBuilder builder) => builder
        .WithTools(
        [
            _tools.Named("echo"),
            _tools.Failing("fail"),
            McpServerTool.Create(static () => new CallToolResult { IsError = true }, new McpServerToolCreateOptions { Name = "says_error" }),
        ])
        .WithToolPolicies();
}
