using System.Security.Cryptography;
using System.Transactions;
using Npgsql;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Postgres;

/// <summary>What is answered is committed, and by nobody else.</summary>
public sealed class PostgresCommitTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    private static readonly CounterDemand Demand = Ask.Demand(Ask.Limit(5));

    [Fact]
    public async Task Reservation_that_fails_when_it_is_committed_is_denied()
    {
        await using var store = new PostgresCounterStore(ConnectionString);
        Assert.True(await store.AdmitsAsync(Demand));
        await RefuseCommitsAsync("policylayer.counter");
        await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(Demand));
    }

    [Theory]
    [InlineData(TransactionScopeAsyncFlowOption.Enabled)]
    [InlineData(TransactionScopeAsyncFlowOption.Suppress)]
    public async Task Reservation_is_no_part_of_the_hosts_transaction(TransactionScopeAsyncFlowOption flow)
    {
        await using var store = new PostgresCounterStore(ConnectionString);
        Assert.True(await store.AdmitsAsync(Demand));
        Assert.True(RolledBack(flow, () => store.AdmitsAsync(Demand)));
        Assert.Equal(3, await store.DrainAsync(Demand));
    }

    [Fact]
    public async Task Approval_whose_use_fails_when_it_is_committed_lets_nothing_run()
    {
        await using var store = new PostgresApprovalStore(ConnectionString);

        // So long that the server sends it before it commits.
        await store.ApproveAsync("a", Convert.ToHexString(RandomNumberGenerator.GetBytes(ApprovalBounds.LongestArguments / 2)));
        await RefuseCommitsAsync("policylayer.approval");
        await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
    }

    [Theory]
    [InlineData(TransactionScopeAsyncFlowOption.Enabled)]
    [InlineData(TransactionScopeAsyncFlowOption.Suppress)]
    public async Task Approval_is_no_part_of_the_hosts_transaction(TransactionScopeAsyncFlowOption flow)
    {
        await using var store = new PostgresApprovalStore(ConnectionString);
        await store.ApproveAsync("a");
        Assert.Equal(ApprovalStatus.Approved, RolledBack(flow, () => store.AskAsync("a")));
        Assert.Equal(ApprovalStatus.Pending, await store.AskAsync("a"));
    }

    /// <summary>Asks within a transaction that comes to nothing, and waits there: one that does not flow has to end on the thread where it began.</summary>
    private static T RolledBack<T>(TransactionScopeAsyncFlowOption flow, Func<Task<T>> ask)
    {
        using var scope = new TransactionScope(TransactionScopeOption.Required, new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted }, flow);
        return ask().GetAwaiter().GetResult();
    }

    private async Task RefuseCommitsAsync(string table)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await RunAsync(source, $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'too late'; END $$;
            CREATE CONSTRAINT TRIGGER late AFTER INSERT OR UPDATE ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
    }
}
