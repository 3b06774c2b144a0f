using PolicyLayer.Cli.Approvals;
using PolicyLayer.Sdk;
using PolicyLayer.Testing;

namespace PolicyLayer.Cli.Tests.Approvals;

/// <summary>Stores that do not answer.</summary>
public sealed class ApprovalQuestionTests : IDisposable
{
    private readonly Tool _tool = new();
    private readonly ManualTimeProvider _time = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _never = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _tool.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Store_that_looks_at_no_token_has_ten_seconds()
    {
        Task<int> asking = NewQuestion().AskAsync(AskInVain, Token);
        await _asked.Task.WaitAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(10));
        UsageException e = await Assert.ThrowsAsync<UsageException>(() => asking);
        Assert.Equal("--state `sqlite`: the store did not answer within 10 seconds; see that it is up and can be reached", e.Message);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_stops_it_does_not_wait()
    {
        using var stop = new CancellationTokenSource();
        Task<int> asking = NewQuestion().AskAsync(AskInVain, stop.Token);
        await _asked.Task.WaitAsync(Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact(Timeout = 60_000)]
    public async Task Driver_that_fails_because_it_was_stopped_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewQuestion().AskAsync<int>(
            async (_, _) =>
            {
                await stop.CancelAsync();
                throw new CounterStoreException("stopped");
            },
            stop.Token));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_driver_says_is_not_repeated()
    {
        UsageException e = await Assert.ThrowsAsync<UsageException>(() => NewQuestion().AskAsync<int>(static (_, _) => throw new InvalidOperationException("Password=secret"), Token));
        Assert.Equal("--state `sqlite`: the store of approvals cannot be used", e.Message);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("postgres:Host=127.0.0.1;Port=1;Username=me;Password=secret")]
    [InlineData("redis:127.0.0.1:1,password=secret")]
    public async Task Server_that_is_not_there_is_one_line_without_its_password(string state)
    {
        Tool.Result result = await _tool.RunAsync("approvals", "list", "--state", state);
        Assert.Equal((2, string.Empty), (result.Code, result.Output));
        string line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"policylayer: --state `{state.Split(':')[0]}`: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    private ApprovalQuestion NewQuestion()
    {
        using (new SqliteApprovalStore(_tool.PathOf("state.db")))
        {
            return new ApprovalQuestion(StateStore.Parse("sqlite:" + _tool.PathOf("state.db")), _time);
        }
    }

    private ValueTask<int> AskInVain(IApprovalStore store, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        return new(_never.Task);
    }
}
