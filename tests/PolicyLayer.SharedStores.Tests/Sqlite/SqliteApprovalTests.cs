using Microsoft.Data.Sqlite;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Sqlite;

public sealed class SqliteApprovalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Approvals_outlive_the_process()
    {
        StoredApproval asked;
        using (var store = new SqliteApprovalStore(Path))
        {
            asked = await store.AskAsync("a");
            await store.AskAsync("b");
        }

        using (var store = new SqliteApprovalStore(Path))
        {
            Assert.Equal(ApprovalStatus.Approved, (await store.AnswerAsync(asked.Id, isApproved: true))?.Status);
        }

        using (var store = new SqliteApprovalStore(Path))
        {
            StoredApproval used = await store.AskAsync("a");
            Assert.Equal((ApprovalStatus.Approved, asked.Id, "ann"), (used.Status, used.Id, used.AnsweredBy));
        }

        using (var store = new SqliteApprovalStore(Path))
        {
            Assert.Equal(ApprovalStatus.Used, await store.StatusAsync(asked.Id));
            Assert.Equal(ApprovalStatus.Pending, (await store.AskAsync("a")).Status);
            Assert.Equal(
                [("a", ApprovalStatus.Used), ("b", ApprovalStatus.Pending), ("a", ApprovalStatus.Pending)],
                (await store.ListAsync(TestContext.Current.CancellationToken)).Select(static one => (one.Fingerprint, one.Status)));
        }
    }

    [Fact]
    public async Task Counters_and_two_stores_of_approvals_share_a_file()
    {
        CounterDemand demand = Ask.Demand(Ask.Limit(3));
        using var counters = new SqliteCounterStore(Path);
        using var host = new SqliteApprovalStore(Path);
        using var person = new SqliteApprovalStore(Path);
        StoredApproval asked = await host.AskAsync("a");
        Assert.True(await counters.AdmitsAsync(demand));
        Assert.Equal(ApprovalStatus.Approved, (await person.AnswerAsync(asked.Id, isApproved: true))?.Status);
        Assert.True(await counters.AdmitsAsync(demand));
        Assert.Equal(ApprovalStatus.Approved, (await host.AskAsync("a")).Status);
        Assert.Equal(ApprovalStatus.Used, await person.StatusAsync(asked.Id));
        Assert.Equal(1, await counters.DrainAsync(demand));
    }

    [Fact]
    public async Task File_without_the_table_goes_on_counting_and_keeps_approvals()
    {
        CounterDemand demand = Ask.Demand(Ask.Limit(3));
        using (var counters = new SqliteCounterStore(Path))
        {
            Assert.True(await counters.AdmitsAsync(demand));
        }

        Run("DROP TABLE approval");
        using (var store = new SqliteApprovalStore(Path))
        {
            Assert.Equal(ApprovalStatus.Pending, (await store.AskAsync("a")).Status);
        }

        using (var counters = new SqliteCounterStore(Path))
        {
            Assert.Equal(2, await counters.DrainAsync(demand));
        }
    }

    [Fact]
    public async Task Clock_that_is_set_back_lengthens_nothing()
    {
        var clock = new ManualTimeProvider();
        using var store = new SqliteApprovalStore(Path, clock);
        StoredApproval pending = await store.AskAsync("a");
        StoredApproval approved = await store.AskAsync("b");
        await store.AnswerAsync(approved.Id, isApproved: true);
        DateTimeOffset back = clock.GetUtcNow() - TimeSpan.FromDays(400);
        clock.SetUtcNow(back);
        StoredApproval? found = await store.FindAsync(approved.Id, TestContext.Current.CancellationToken);
        Assert.Equal((back, back, back + AskedCalls.Lifetime), (found?.AskedAt, found?.AnsweredAt, found?.ExpiresAt));
        clock.Advance(AskedCalls.Lifetime - TimeSpan.FromTicks(1));
        Assert.Equal(ApprovalStatus.Pending, await store.StatusAsync(pending.Id));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await store.StatusAsync(pending.Id));
        Assert.Equal(ApprovalStatus.Pending, (await store.AskAsync("b")).Status);
    }

    [Fact]
    public async Task What_was_asked_while_the_clock_was_ahead_by_years_ends_in_time()
    {
        var clock = new ManualTimeProvider();
        DateTimeOffset right = clock.GetUtcNow();
        using var store = new SqliteApprovalStore(Path, clock);
        clock.SetUtcNow(right + TimeSpan.FromDays(4_000));
        StoredApproval first = await store.AskAsync("a");
        clock.SetUtcNow(right);
        StoredApproval second = await store.AskAsync("b");
        Assert.Equal(right, second.AskedAt);
        Assert.Equal([first.Id, second.Id], (await store.ListAsync(TestContext.Current.CancellationToken)).Select(static one => one.Id));
        clock.Advance(AskedCalls.Lifetime);
        Assert.Empty(await store.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_has_expired_leaves_the_file_when_something_is_asked_or_answered()
    {
        var clock = new ManualTimeProvider();
        using var store = new SqliteApprovalStore(Path, clock);
        StoredApproval asked = await store.AskAsync("a");
        clock.Advance(AskedCalls.Lifetime);
        await store.AskAsync("b");
        Assert.Equal(1, Run("SELECT count(*) FROM approval"));
        clock.Advance(AskedCalls.Lifetime);
        Assert.Null(await store.AnswerAsync(asked.Id, isApproved: true));
        Assert.Equal(0, Run("SELECT count(*) FROM approval"));
    }

    [Fact]
    public async Task Lifetime_that_no_date_can_end_is_cut()
    {
        using var store = new SqliteApprovalStore(Path);
        StoredApproval asked = await store.AskAsync(AskedCalls.New("a") with { Lifetime = TimeSpan.MaxValue }, TestContext.Current.CancellationToken);
        Assert.Equal(DateTimeOffset.MaxValue, asked.ExpiresAt);
        Assert.Equal(ApprovalStatus.Approved, (await store.AnswerAsync(asked.Id, isApproved: true))?.Status);
    }

    [Fact]
    public async Task Second_call_of_one_name_is_refused()
    {
        using var store = new SqliteApprovalStore(Path);
        StoredApproval asked = await store.AskAsync("a");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(async () =>
            await store.AskAsync(AskedCalls.New("b") with { Id = asked.Id }, TestContext.Current.CancellationToken));
        Assert.Contains($"`{asked.Id}`", e.Message, StringComparison.Ordinal);
        Assert.Single(await store.ListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ann\0\u00e4 \ud83d\ude00")]
    public async Task Who_answers_comes_back_as_they_said(string by)
    {
        using var store = new SqliteApprovalStore(Path);
        StoredApproval asked = await store.AskAsync("a");
        Assert.Null(await store.AnswerAsync(asked.Id + "\0", isApproved: true));
        await store.AnswerAsync(asked.Id, isApproved: true, by, TestContext.Current.CancellationToken);
        Assert.Equal(by, (await store.FindAsync(asked.Id, TestContext.Current.CancellationToken))?.AnsweredBy);
    }

    private long Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() as long? ?? 0;
    }
}
