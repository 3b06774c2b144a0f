using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests.Calls;

/// <summary>A server whose policy file changes while a call is under way.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("policylayer-");

    [Fact]
    public async Task Call_under_way_ends_and_what_follows_meets_the_new_policy()
    {
        string file = Path.Combine(_folder.FullName, "changing.json");
        await File.WriteAllTextAsync(file, """{ "version": "1", "default": "allow", "all_tools": { "limits": [{ "counter": "at once", "concurrent": 1 }] } }""", TestContext.Current.CancellationToken);
        var time = new ManualTimeProvider();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tools = new TestTools();
        await using TestServer server = await TestServer.StartAsync(
            """{ "version": "1", "default": "allow" }""",
            builder => builder.WithTools(tools.All("echo", "secret")).WithTools([McpServerTool.Create(
                async () =>
                {
                    running.SetResult();
                    await mayEnd.Task;
                    return "done";
                },
                new McpServerToolCreateOptions { Name = "wait" })]).WithToolPolicies(),
            policies => policies.Services.AddSingleton<TimeProvider>(time).Configure<ToolPolicyOptions>(o => o.AddPolicyFile(file, reloadOnChange: true)));
        Task<CallToolResult> call = server.Client.CallAsync("wait");
        await running.Task;
        Assert.Equal("limit_exceeded", (await server.Client.CallAsync("echo")).Reason());

        await File.WriteAllTextAsync(file, """{ "version": "1", "default": "allow", "hide": ["secret"], "tools": { "wait": { "action": "deny" } }, "all_tools": { "limits": [{ "counter": "at once", "concurrent": 1 }] } }""", TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["echo", "wait"], (await server.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(static tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.Equal("limit_exceeded", (await server.Client.CallAsync("echo")).Reason());
        mayEnd.SetResult();
        Assert.Equal("done", (await call).Text());
        Assert.Equal("allowed", (await server.Client.CallAsync("echo")).Reason());
        Assert.NotEqual("allowed", (await server.Client.CallAsync("wait")).Reason());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
