using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Tasks;

/// <summary>Calls that run as tasks: judged before the task exists, counted once, settled when it ends.</summary>
public sealed class TaskTests
{
    private const string Policy = """
        { "version": "1", "default": "allow", "hide": ["secret"],
          "tools": {
            "no": { "action": "deny" },
            "echo": { "deny_if": [{ "name": "evil", "conditions": [{ "path": "args.text", "op": "eq", "value": "evil" }] }] },
            "says_error": { "limits": [{ "counter": "errors", "window": "hour", "max": 1, "scope": "grant", "refund": "on_error" }] },
            "once": { "limits": [{ "counter": "once", "window": "hour", "max": 1, "scope": "grant" }] },
            "wait": { "limits": [{ "counter": "waiting", "concurrent": 1, "scope": "grant" }] } } }
        """;

    private readonly TestTools _tools = new();
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestTasks _tasks = null!;

    [Theory(Timeout = 60_000)]
    [InlineData("no", "{}", "denied")]
    [InlineData("echo", """{ "text": "evil" }""", "deny_if")]
    [InlineData("echo", """{ "text": 7 }""", "invalid_arguments")]
    [InlineData("echo", """{ "other": 7 }""", "invalid_arguments")]
    [InlineData("secret", "{}", "error -32602 Unknown tool: 'secret'")]
    [InlineData("nothing", "{}", "error -32602 Unknown tool: 'nothing'")]
    public async Task Denied_call_makes_no_task(string tool, string arguments, string answer)
    {
        await using TestServer server = await StartAsync();
        Assert.Equal(answer, await CallAsync(server, tool, arguments));
        Assert.Empty(_tasks.Ended);
        Assert.Empty(_tools.Ran);
        Assert.DoesNotContain(ToolOutcome.Ok, server.Audit.Outcomes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Allowed_call_is_judged_and_counted_once_and_its_result_is_the_tools()
    {
        await using TestServer server = await StartAsync();
        string task = await CallAsync(server, "once", """{ "text": "x" }""");
        Assert.Equal("once(x)", (string?)(await EndAsync(server, task))["content"]![0]!["text"]);
        Assert.Equal(ToolOutcome.Ok, await server.Audit.NextOutcomeAsync());
        Assert.Equal("limit_exceeded", await CallAsync(server, "once", "{}"));
        Assert.Single(_tasks.Ended);
        Assert.Equal(["once allowed", "once limit_exceeded"], server.Audit.Decisions);
    }

    [Fact(Timeout = 60_000)]
    public async Task Error_of_a_task_gives_back_where_the_limit_says_so()
    {
        await using TestServer server = await StartAsync();
        for (int time = 0; time < 2; time++)
        {
            JsonNode result = await EndAsync(server, await CallAsync(server, "says_error", "{}"));
            Assert.True((bool)result["isError"]!);
            Assert.Equal(ToolOutcome.Error, await server.Audit.NextOutcomeAsync());
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Task_holds_what_runs_at_once_until_it_is_cancelled()
    {
        await using TestServer server = await StartAsync();
        string task = await CallAsync(server, "wait", "{}");
        await _waiting.Task;
        Assert.Equal("limit_exceeded", await CallAsync(server, "wait", "{}"));
        await SendAsync(server, "tasks/cancel", new JsonObject { ["taskId"] = task });
        Assert.Equal(ToolOutcome.Cancelled, await server.Audit.NextOutcomeAsync());
        Assert.Equal("task-1", await CallAsync(server, "wait", "{}"));
        await SendAsync(server, "tasks/cancel", new JsonObject { ["taskId"] = "task-1" });
        await server.Audit.NextOutcomeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Task_that_is_cancelled_before_its_tool_has_not_run()
    {
        await using TestServer server = await StartAsync();
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _tasks.Begin = begin.Task;
        string task = await CallAsync(server, "once", "{}");
        await SendAsync(server, "tasks/cancel", new JsonObject { ["taskId"] = task });
        begin.SetResult();
        Assert.Equal(ToolOutcome.NotRun, await server.Audit.NextOutcomeAsync());
        Assert.Empty(_tools.Ran);
        Assert.Equal("task-1", await CallAsync(server, "once", "{}"));
        Assert.Equal(ToolOutcome.Ok, await server.Audit.NextOutcomeAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Task_that_cannot_be_made_gives_back()
    {
        await using TestServer server = await StartAsync();
        _tasks.StoreIsBroken = true;
        Assert.Contains("the store is broken", await CallAsync(server, "once", "{}"), StringComparison.Ordinal);
        Assert.Equal([ToolOutcome.NotRun], server.Audit.Outcomes);
        _tasks.StoreIsBroken = false;
        Assert.Equal("task-0", await CallAsync(server, "once", "{}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Task_whose_call_was_changed_is_refused_and_gives_back()
    {
        await using TestServer server = await StartAsync();
        _tasks.Change = static parameters => parameters.Name = "no";
        JsonNode result = await EndAsync(server, await CallAsync(server, "once", "{}"));
        Assert.Equal("evaluation_error", (string?)result["_meta"]!["policylayer/decision"]!["reason"]);
        Assert.Empty(_tools.Ran);
        Assert.Equal([ToolOutcome.NotRun], server.Audit.Outcomes);
        Assert.Equal(["once allowed"], server.Audit.Decisions);
    }

    /// <summary>The id of the task; of a call that made none what was answered.</summary>
    private static async Task<string> CallAsync(TestServer server, string tool, string arguments)
    {
        try
        {
            JsonNode result = await SendAsync(server, "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments), ["task"] = new JsonObject { ["ttl"] = 60_000 } });
            return (string?)result["taskId"] ?? (string?)result["_meta"]?["policylayer/decision"]?["reason"] ?? (string)result["content"]![0]!["text"]!;
        }
        catch (McpProtocolException e)
        {
            return $"error {(int)e.ErrorCode} {e.Message["Request failed (remote): ".Length..]}";
        }
    }

    private static async Task<JsonNode> EndAsync(TestServer server, string task) => (await SendAsync(server, "tasks/result", new JsonObject { ["taskId"] = task }))["ended"]!;

    private static async Task<JsonNode> SendAsync(TestServer server, string method, JsonObject parameters) =>
        (await server.Client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters }, TestContext.Current.CancellationToken)).Result!;

    private async Task<TestServer> StartAsync()
    {
        TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            builder.WithTools(
            [
                .. _tools.All("no", "echo", "once", "secret"),
                McpServerTool.Create(static () => new CallToolResult { IsError = true }, new McpServerToolCreateOptions { Name = "says_error" }),
                McpServerTool.Create(
                    async (CancellationToken token) =>
                    {
                        _waiting.TrySetResult();
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                    },
                    new McpServerToolCreateOptions { Name = "wait" }),
            ]).WithToolPolicies();
            TestTasks.AddTo(builder);
        });
        _tasks = server.Services.GetRequiredService<TestTasks>();
        return server;
    }
}
