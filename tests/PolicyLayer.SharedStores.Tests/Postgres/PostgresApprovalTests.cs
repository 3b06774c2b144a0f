using Npgsql;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class PostgresApprovalTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Hosts_share_an_approval_and_one_uses_it()
    {
        await using var one = new PostgresApprovalStore(ConnectionString);
        await using var other = new PostgresApprovalStore(ConnectionString);
        StoredApproval asked = await one.AskAsync(AskedPayment.For("a"), Token);
        Assert.Equal(asked.Id, Assert.Single(await other.ListAsync(Token)).Id);
        Assert.Equal(ApprovalStatus.Approved, (await other.AnswerAsync(asked.Id, isApproved: true, "anna", Token))?.Status);
        StoredApproval used = await one.AskAsync(AskedPayment.For("a"), Token);
        Assert.Equal((ApprovalStatus.Approved, asked.Id, "anna"), (used.Status, used.Id, used.AnsweredBy));
        Assert.Equal(ApprovalStatus.Used, (await other.FindAsync(asked.Id, Token))?.Status);
        Assert.Equal((ApprovalStatus.Pending, ApprovalStatus.Pending), (await other.AskAsync("a"), await one.AskAsync("a")));
    }

    [Theory]
    [InlineData(1_000_000, ApprovalBounds.MostKept)]
    [InlineData(1, ApprovalBounds.MostWaiting)]
    public async Task Bound_is_exact_for_many_hosts_at_once(int grants, int most)
    {
        await using var one = new PostgresApprovalStore(ConnectionString);
        await using var other = new PostgresApprovalStore(ConnectionString);
        int kept = 0;
        await Parallel.ForAsync(0, most + 100, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (i, _) =>
        {
            try
            {
                StoredApproval asked = AskedPayment.For("made up " + i) with { Grant = "grant " + (i % grants) };
                Assert.Equal(ApprovalStatus.Pending, (await (i % 2 == 0 ? one : other).AskAsync(asked, Token)).Status);
                Interlocked.Increment(ref kept);
            }
            catch (CounterStoreException e)
            {
                Assert.True(e.IsFull, e.Message);
            }
        });
        Assert.Equal((most, most), (kept, (await one.ListAsync(Token)).Count));
    }

    [Fact]
    public async Task What_has_expired_is_deleted_when_something_is_asked_or_answered()
    {
        var clock = new ManualTimeProvider();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var store = new PostgresApprovalStore(source, ownsSource: false, clock);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        StoredApproval asked = await store.AskAsync(AskedPayment.For("a"), Token);
        clock.Advance(asked.Lifetime);
        Assert.Equal(ApprovalStatus.Pending, await store.AskAsync("b"));
        Assert.True(await HoldsAsync(connection, "SELECT count(*) = 1 AND bool_and(fingerprint = 'b') FROM policylayer.approval"), "it is still there");
        clock.Advance(asked.Lifetime);
        Assert.Null(await store.AnswerAsync("nobody", isApproved: true, by: null, Token));
        Assert.True(await HoldsAsync(connection, "SELECT count(*) = 0 FROM policylayer.approval"), "it is still there");
    }

    [Fact]
    public async Task Texts_that_the_server_cannot_keep_are_names_of_nothing_and_answer_all_the_same()
    {
        await using var store = new PostgresApprovalStore(ConnectionString);
        StoredApproval asked = await store.AskAsync(AskedPayment.For("a"), Token);
        foreach (string id in new[] { "\0", asked.Id + "\0", "\ud83d" })
        {
            Assert.Null(await store.FindAsync(id, Token));
            Assert.Null(await store.AnswerAsync(id, isApproved: true, by: null, Token));
        }

        StoredApproval? denied = await store.AnswerAsync(asked.Id, isApproved: false, "\0 \ud83d \ud83d\ude00", Token);
        Assert.Equal((ApprovalStatus.Denied, "\ufffd \ufffd \ud83d\ude00"), (denied?.Status, denied?.AnsweredBy));
    }

    [Fact]
    public async Task Row_that_nobody_of_us_has_written_is_an_error()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var store = new PostgresApprovalStore(source);
        await store.ApproveAsync("a");
        await RunAsync(source, "UPDATE policylayer.approval SET status = 'Approved'");
        await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        await RunAsync(source, "UPDATE policylayer.approval SET status = 'denied', details = 'private'");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        Assert.DoesNotContain("private", e.ToString(), StringComparison.Ordinal);
    }

    // As under a policy for rows, or a trigger, of the database's owner.
    [Fact]
    public async Task Approval_that_cannot_be_used_up_lets_nothing_run()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var store = new PostgresApprovalStore(source);
        await store.ApproveAsync("a");
        await RunAsync(source, """
            CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
            CREATE TRIGGER keep BEFORE UPDATE ON policylayer.approval FOR EACH ROW EXECUTE FUNCTION keep();
            """);
        Assert.Equal(ApprovalStatus.Pending, await store.AskAsync("a"));
    }
}
