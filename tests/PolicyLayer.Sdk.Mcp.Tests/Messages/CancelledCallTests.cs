using ModelContextProtocol.Server;

namespace PolicyLayer.Sdk.Mcp.Tests.Messages;

/// <summary>A call that its client takes back, at any moment, and calls that share an id.</summary>
public sealed class CancelledCallTests
{
    private const string Cancel = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""";

    private readonly SaidTexts _said = new();

    [Fact(Timeout = 60_000)]
    public async Task Cancelled_while_it_is_judged_it_does_not_run_and_counts_nothing()
    {
        var resolver = new SlowResolver();
        await using RawConnection server = await RawConnection.OpenAsync(OddMessages.Policy, _said.Tools, policies => policies.UseGrantResolver(resolver));
        await server.WriteAsync(Call("first"));
        await resolver.Asked.Task;
        await server.WriteAsync(Cancel);
        await resolver.Cancelled.Task;

        Assert.Equal("good", await server.CallAsync("echo", "good"));
        Assert.Equal("good", await server.CallAsync("echo", "good"));
        Assert.Equal("limit_exceeded", await server.CallAsync("echo", "good"));
        Assert.Equal(["good", "good"], _said.All);
        Assert.DoesNotContain("first", _said.All);
    }

    [Fact(Timeout = 60_000)]
    public async Task Cancelled_after_it_was_answered_it_stays_counted()
    {
        await using RawConnection server = await RawConnection.OpenAsync(OddMessages.Policy, _said.Tools);
        await server.WriteAsync(Call("first"));
        Assert.Equal("first", await server.ReadAnswerAsync());
        await server.WriteAsync(Cancel);
        Assert.Equal("good", await server.CallAsync("echo", "good"));
        Assert.Equal("limit_exceeded", await server.CallAsync("echo", "good"));
        await server.EndAsync();
        Assert.Equal([ToolOutcome.Ok, ToolOutcome.Ok], server.Audit.Outcomes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Calls_of_one_id_at_once_are_each_judged_and_counted()
    {
        using var begun = new SemaphoreSlim(0);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        McpServerTool tool = McpServerTool.Create(
            async (string text) =>
            {
                begun.Release();
                await go.Task;
                _said.All.Enqueue(text);
                return text;
            },
            new McpServerToolCreateOptions { Name = "echo" });
        await using RawConnection server = await RawConnection.OpenAsync(OddMessages.Policy, [tool]);

        await server.WriteAsync(Call("one"));
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        await server.WriteAsync(Call("evil"));
        Assert.Equal("deny_if", await server.ReadAnswerAsync());
        await server.WriteAsync(Call("two"));
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        await server.WriteAsync(Call("three"));
        Assert.Equal("limit_exceeded", await server.ReadAnswerAsync());
        go.SetResult();
        string[] answers = [await server.ReadAnswerAsync(), await server.ReadAnswerAsync()];

        Assert.Equal(["one", "two"], answers.Order());
        Assert.Equal(["one", "two"], _said.All.Order());
        await server.EndAsync();
        Assert.Equal([ToolOutcome.Ok, ToolOutcome.Ok], server.Audit.Outcomes);
    }

    private static string Call(string text) => $$$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"{{{{text}}}}"}}}""";

    /// <summary>Takes its time for the first call, until that is cancelled.</summary>
    private sealed class SlowResolver : IGrantResolver
    {
        private int _asked;

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<Grant?> ResolveAsync(GrantRequest request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _asked) == 1)
            {
                await using CancellationTokenRegistration registration = cancellationToken.Register(Cancelled.SetResult);
                Asked.SetResult();
                await Cancelled.Task;
                cancellationToken.ThrowIfCancellationRequested();
            }

            return Grant.Default;
        }
    }
}
