using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Mcp.Tests.Starts;

public sealed class ShutdownTests
{
    [Fact]
    public async Task Host_ends_and_the_call_is_settled_when_its_client_goes_away_in_the_middle_of_it()
    {
        Pipe requests = new(), responses = new();
        var sink = new RecordingSink();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var finish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse("""{ "version": "1", "default": "allow" }"""))).AddAuditSink(sink);
        builder.Services.AddMcpServer()
            .WithStreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream())
            .WithTools([McpServerTool.Create(
                () =>
                {
                    running.SetResult();
                    return finish.Task;
                },
                new McpServerToolCreateOptions { Name = "wait" })])
            .WithToolPolicies();
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);

        McpClient client = await McpClient.CreateAsync(
            new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream()), cancellationToken: TestContext.Current.CancellationToken);
        Task<CallToolResult> call = client.CallAsync("wait");
        await running.Task;
        await requests.Writer.CompleteAsync();

        // The SDK lets a running tool finish, and does not cancel it, when its client is gone.
        finish.SetResult();
        await host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
        Assert.Equal([ToolOutcome.Ok], sink.Outcomes);
        await responses.Writer.CompleteAsync();
        await client.DisposeAsync();

        // Whether the answer still got through is a race that nobody promised to win.
        await Record.ExceptionAsync(() => call);
    }

    [Fact]
    public async Task Host_that_is_stopped_does_not_wait_for_a_person()
    {
        Pipe requests = new(), responses = new();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse("""{ "version": "1", "default": "deny", "tools": { "t": { "action": "require_approval" } } }""")))
            .UseApprovalHandler(new SlowHandler(asked));
        builder.Services.AddMcpServer()
            .WithStreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream())
            .WithTools([McpServerTool.Create(static () => "ran", new McpServerToolCreateOptions { Name = "t" })])
            .WithToolPolicies();
        using IHost host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        McpClient client = await McpClient.CreateAsync(
            new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream()), cancellationToken: TestContext.Current.CancellationToken);
        Task<CallToolResult> call = client.CallAsync("t");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await responses.Writer.CompleteAsync();
        await client.DisposeAsync();
        await Record.ExceptionAsync(() => call);
    }

    [Fact(Timeout = 120_000)]
    public async Task Call_that_waits_for_a_person_is_refused_when_its_client_goes_away_and_can_still_be_approved()
    {
        Pipe requests = new(), responses = new();
        var sink = new RecordingSink();
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddToolPolicies(static options =>
        {
            options.AddPolicy(ToolPolicy.Parse("""{ "version": "1", "default": "deny", "tools": { "t": { "action": "require_approval" } } }"""));
            options.ApprovalWait = TimeSpan.FromHours(1);
        }).UseApprovalsInMemory().AddAuditSink(sink);
        builder.Services.AddMcpServer()
            .WithStreamServerTransport(requests.Reader.AsStream(), responses.Writer.AsStream())
            .WithTools([McpServerTool.Create(static () => "ran", new McpServerToolCreateOptions { Name = "t" })])
            .WithToolPolicies();
        using IHost host = builder.Build();
        IApprovalStore store = host.Services.GetRequiredService<IApprovalStore>();
        await host.StartAsync(TestContext.Current.CancellationToken);
        McpClient client = await McpClient.CreateAsync(
            new StreamClientTransport(requests.Writer.AsStream(), responses.Reader.AsStream()), cancellationToken: TestContext.Current.CancellationToken);
        Task<CallToolResult> call = client.CallAsync("t");
        IReadOnlyList<StoredApproval> waiting;
        do
        {
            waiting = await store.ListAsync(TestContext.Current.CancellationToken);
            await Task.Yield();
        }
        while (waiting.Count == 0);

        await requests.Writer.CompleteAsync();
        await host.WaitForShutdownAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["t approval_required"], sink.Decisions);
        Assert.Equal(ApprovalStatus.Approved, (await store.AnswerAsync(waiting[0].Id, isApproved: true, by: null, TestContext.Current.CancellationToken))?.Status);
        await responses.Writer.CompleteAsync();
        await client.DisposeAsync();
        await Record.ExceptionAsync(() => call);
    }

    private sealed class SlowHandler(TaskCompletionSource asked) : IApprovalHandler
    {
        public async ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return ApprovalAnswer.NoAnswer;
        }
    }
}
