using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using CallHandler = ModelContextProtocol.Server.McpRequestHandler<ModelContextProtocol.Protocol.CallToolRequestParams, ModelContextProtocol.Protocol.CallToolResult>;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>The host's own call filters, beside the guard's.</summary>
public sealed class FilterTests
{
    private const string Policy = """
        { "version": "1", "default": "deny",
          "tools": {
            "echo": { "limits": [{ "counter": "rate", "window": "hour", "max": 1, "scope": "grant" }],
                      "deny_if": [{ "conditions": [{ "path": "args.text", "op": "eq", "value": "evil" }] }] },
            "delete_agent": { "action": "deny" } } }
        """;

    private static readonly JsonElement Evil = JsonElement.Parse("\"evil\"");

    private readonly TestTools _tools = new();

    /// <summary>What a filter could do to a call that is judged already.</summary>
    public static TheoryData<string> Rewrites => ["name", "arguments replaced", "argument changed", "argument added", "argument removed", "argument renamed", "no arguments", "primitive", "parameters", "items"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Denied_call_reaches_no_filter_wherever_it_is_registered(bool before)
    {
        int seen = 0;
        await using TestServer server = await StartAsync(before, next => (context, token) =>
        {
            seen++;
            return next(context, token);
        });

        Assert.Equal("denied", (await server.Client.CallAsync("delete_agent")).Reason());
        Assert.Equal(0, seen);
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal(1, seen);
    }

    [Theory]
    [MemberData(nameof(Rewrites))]
    public async Task Call_that_a_filter_changed_is_refused_and_not_counted(string rewrite)
    {
        bool rewrites = true;
        await using TestServer server = await StartAsync(before: rewrite.Length % 2 == 0, next => (context, token) =>
        {
            if (rewrites)
            {
                Rewrite(context, rewrite);
            }

            return next(context, token);
        });

        CallToolResult result = await server.Client.CallAsync("echo", ("text", "good"));
        Assert.Equal("evaluation_error", result.Reason());
        Assert.Equal("The call could not be judged, so it was refused.", result.Text());
        Assert.Empty(_tools.Ran);
        Assert.Equal([ToolOutcome.NotRun], server.Audit.Outcomes);

        rewrites = false;
        Assert.Equal("allowed", (await server.Client.CallAsync("echo", ("text", "good"))).Reason());
    }

    [Fact]
    public async Task Call_that_a_filter_only_copied_runs()
    {
        await using TestServer server = await StartAsync(before: false, next => (context, token) =>
        {
            context.Params = new CallToolRequestParams { Name = new string(context.Params.Name), Arguments = new Dictionary<string, JsonElement>(context.Params.Arguments!) };
            return next(context, token);
        });

        Assert.Equal("echo(good)", (await server.Client.CallAsync("echo", ("text", "good"))).Text());
    }

    [Fact]
    public async Task Judgement_of_one_call_lets_no_other_of_the_same_request_through()
    {
        await using TestServer server = await StartAsync(before: false, static next => async (context, token) =>
        {
            await next(context, token);
            return await next(new RequestContext<CallToolRequestParams>(context.Server, context.JsonRpcRequest, context.Params) { MatchedPrimitive = context.MatchedPrimitive }, token);
        });

        Assert.Equal("evaluation_error", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal(["echo"], _tools.Ran);
    }

    [Fact]
    public async Task Filter_that_other_options_add_later_still_stands_inside_the_guard()
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            builder.WithTools(_tools.All("echo", "delete_agent")).WithToolPolicies();
            builder.Services.AddSingleton<IPostConfigureOptions<McpServerOptions>>(new PostConfigureOptions<McpServerOptions>(Options.DefaultName, static options =>
            {
                options.Filters.Request.CallToolFilters.Insert(0, Rewriting("delete_agent"));
                options.Filters.Request.CallToolFilters.Add(Rewriting("delete_agent"));
            }));
        });

        Assert.Equal("evaluation_error", (await server.Client.CallAsync("echo")).Reason());
        Assert.Empty(_tools.Ran);
    }

    [Fact]
    public async Task Guard_stays_when_the_filters_are_cleared()
    {
        await using TestServer server = await StartAsync(before: true, Rewriting("delete_agent"), static options =>
        {
            options.Filters.Request.CallToolFilters.Clear();
            Assert.Throws<InvalidOperationException>(() => options.Filters.Request.CallToolFilters.RemoveAt(0));
            Assert.Throws<InvalidOperationException>(() => options.Filters.Request.CallToolFilters[1] = static next => next);
        });

        Assert.Equal("denied", (await server.Client.CallAsync("delete_agent")).Reason());
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
    }

    // Whoever assigned a list of his own, to have filters in an order of his, had every tool run unguarded.
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task List_without_the_guard_stops_the_start(bool calls, bool listings)
    {
        OptionsValidationException e = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(Policy, builder =>
            builder.WithTools(_tools.All("echo")).WithToolPolicies().Services.PostConfigure<McpServerOptions>(options => Replace(options, calls, listings))));
        Assert.Contains("WithRequestFilters", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task List_without_the_guard_in_the_options_of_one_session_begins_none(bool calls, bool listings)
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder => builder.WithTools(_tools.All("echo")).WithToolPolicies());
        Replace(server.Options, calls, listings);
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.Connection.OpenAsync(server.Options, server.Services));
    }

    [Fact]
    public async Task Lists_without_the_guard_in_the_options_of_one_session_run_nothing()
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder => builder.WithTools(_tools.All("echo")).WithToolPolicies());
        Replace(server.Options, calls: true, listings: true);
        await using var connection = await TestServer.Connection.OpenAsync(server.Options, server.Services);
        Assert.Equal("tool error", (await connection.Client.CallAsync("echo")).Reason());
        Assert.Empty(_tools.Ran);
    }

    [Fact]
    public async Task Filter_that_runs_the_tool_again_within_one_call_is_one_call()
    {
        await using TestServer server = await StartAsync(before: false, static next => async (context, token) =>
        {
            await next(context, token);
            return await next(context, token);
        });

        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.Equal(2, _tools.Ran.Count);
        Assert.Equal([ToolOutcome.Ok], server.Audit.Outcomes);
    }

    [Fact]
    public async Task Filter_that_goes_on_after_the_call_was_answered_is_refused()
    {
        var answered = new TaskCompletionSource();
        var late = new TaskCompletionSource<CallToolResult>();
        await using TestServer server = await StartAsync(before: false, next => (context, token) =>
        {
            _ = GoOnLaterAsync(next, context);
            return new ValueTask<CallToolResult>(new CallToolResult());
        });

        await server.Client.CallAsync("echo");
        answered.SetResult();
        Assert.Equal("evaluation_error", (await late.Task).Reason());
        Assert.Empty(_tools.Ran);

        async Task GoOnLaterAsync(CallHandler next, RequestContext<CallToolRequestParams> context)
        {
            await answered.Task;
            late.SetResult(await next(context, CancellationToken.None));
        }
    }

    private static McpRequestFilter<CallToolRequestParams, CallToolResult> Rewriting(string tool) => next => (context, token) =>
    {
        context.Params.Name = tool;
        return next(context, token);
    };

    private static void Rewrite(RequestContext<CallToolRequestParams> context, string what)
    {
        IDictionary<string, JsonElement> arguments = context.Params.Arguments!;
        switch (what)
        {
            case "name":
                context.Params.Name = "delete_agent";
                break;
            case "arguments replaced":
                context.Params.Arguments = new Dictionary<string, JsonElement> { ["text"] = Evil };
                break;
            case "argument changed":
                arguments["text"] = Evil;
                break;
            case "argument added":
                arguments["more"] = Evil;
                break;
            case "argument removed":
                arguments.Clear();
                break;
            case "argument renamed":
                JsonElement value = arguments["text"];
                context.Params.Arguments = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase) { ["TEXT"] = value };
                break;
            case "no arguments":
                context.Params.Arguments = null;
                break;
            case "primitive":
                context.MatchedPrimitive = McpServerTool.Create(static () => "other", new McpServerToolCreateOptions { Name = "echo" });
                break;
            case "parameters":
                context.Params = new CallToolRequestParams { Name = "echo", Arguments = new Dictionary<string, JsonElement> { ["text"] = Evil } };
                break;
            default:
                context.Items = new Dictionary<string, object?>();
                break;
        }
    }

    private static void Replace(McpServerOptions options, bool calls, bool listings)
    {
        McpRequestFilters filters = options.Filters.Request;
        filters.CallToolFilters = calls ? [static next => next] : filters.CallToolFilters;
        filters.ListToolsFilters = listings ? [] : filters.ListToolsFilters;
    }

    private Task<TestServer> StartAsync(bool before, McpRequestFilter<CallToolRequestParams, CallToolResult> filter, Action<McpServerOptions>? later = null) =>
        TestServer.StartAsync(Policy, builder =>
        {
            if (before)
            {
                builder.WithRequestFilters(filters => filters.AddCallToolFilter(filter));
            }

            builder.WithTools(_tools.All("echo", "delete_agent")).WithToolPolicies();
            if (!before)
            {
                builder.WithRequestFilters(filters => filters.AddCallToolFilter(filter));
            }

            if (later is not null)
            {
                builder.Services.PostConfigure(later);
            }
        });
}
