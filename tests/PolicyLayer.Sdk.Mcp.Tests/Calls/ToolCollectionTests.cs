using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

public sealed class ToolCollectionTests
{
    private const string Policy = """{ "version": "1", "default": "allow", "hide": ["hidden"], "tools": { "delete_agent": { "action": "deny" } } }""";

    private readonly TestTools _tools = new();

    [Fact]
    public async Task Tool_that_is_added_while_the_server_runs_is_guarded()
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder => builder.WithTools(_tools.All("echo")).WithToolPolicies());
        foreach (McpServerTool tool in _tools.All("delete_agent", "hidden", "new"))
        {
            server.Options.ToolCollection!.Add(tool);
        }

        Assert.Equal(["delete_agent", "echo", "new"], await server.Client.ListAsync());
        Assert.Equal("denied", (await server.Client.CallAsync("delete_agent")).Reason());
        await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(() => server.Client.CallAsync("hidden"));
        Assert.Equal("allowed", (await server.Client.CallAsync("new")).Reason());
        Assert.Equal(["new"], _tools.Ran);
    }

    [Fact]
    public async Task Tool_that_is_removed_while_the_server_runs_is_unknown_and_one_of_its_name_is_judged_anew()
    {
        McpServerTool first = _tools.Named("echo");
        await using TestServer server = await TestServer.StartAsync(Policy, builder => builder.WithTools([first]).WithToolPolicies());
        Assert.Equal("echo(a)", (await server.Client.CallAsync("echo", ("text", "a"))).Text());

        server.Options.ToolCollection!.Remove(first);
        Assert.Empty(await server.Client.ListAsync());
        await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(() => server.Client.CallAsync("echo", ("text", "a")));

        // Another tool of that name is held to its own schema, not to that of the first.
        server.Options.ToolCollection!.Add(McpServerTool.Create((int count) => $"{count}", new McpServerToolCreateOptions { Name = "echo" }));
        Assert.Equal(["echo"], await server.Client.ListAsync());
        Assert.Equal("invalid_arguments", (await server.Client.CallAsync("echo", ("text", "a"))).Reason());
        Assert.Equal("3", (await server.Client.CallAsync("echo", ("count", 3))).Text());
        Assert.Equal([ToolOutcome.Ok, ToolOutcome.NotRun, ToolOutcome.Ok], server.Audit.Outcomes);
        Assert.Equal(["echo"], _tools.Ran);
    }

    [Fact]
    public async Task Tool_found_by_another_spelling_is_judged_by_its_own_name()
    {
        await using TestServer server = await TestServer.StartAsync(Policy, builder =>
        {
            var tools = new McpServerPrimitiveCollection<McpServerTool>(StringComparer.OrdinalIgnoreCase);
            Array.ForEach(_tools.All("echo", "delete_agent", "hidden"), tools.Add);
            builder.WithToolPolicies().Services.Configure<McpServerOptions>(options => options.ToolCollection = tools);
        });

        Assert.Equal("denied", (await server.Client.CallAsync("DELETE_agent")).Reason());
        Assert.Contains("HIDDEN", (await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(() => server.Client.CallAsync("HIDDEN"))).Message, StringComparison.Ordinal);
        Assert.Equal("allowed", (await server.Client.CallAsync("ECHO")).Reason());
        Assert.Equal(["echo"], _tools.Ran);
        Assert.Equal(["delete_agent denied", "hidden hidden", "echo allowed"], server.Audit.Decisions);
    }

    [Fact]
    public async Task Tools_of_a_class_are_guarded()
    {
        await using TestServer server = await TestServer.StartAsync(Policy, static builder => builder.WithToolPolicies().WithTools<ClassTools>());
        Assert.Equal("denied", (await server.Client.CallAsync("delete_agent")).Reason());
        Assert.Equal("pong", (await server.Client.CallAsync("ping")).Text());
    }

    [McpServerToolType]
    private sealed class ClassTools
    {
        [McpServerTool(Name = "ping")]
        public static string Ping() => "pong";

        [McpServerTool(Name = "delete_agent")]
        public static string DeleteAgent() => throw new InvalidOperationException("must not run");
    }
}
