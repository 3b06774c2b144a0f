using System.Globalization;
using Npgsql;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class PostgresInstallationTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Hosts_that_start_at_once_install_once()
    {
        PostgresCounterStore[] stores = [.. Enumerable.Range(0, 6).Select(_ => new PostgresCounterStore(ConnectionString))];
        CounterDemand demand = Ask.Demand(Ask.Limit(20));
        int[] admitted = await Task.WhenAll(stores.Select(store => store.DrainAsync(demand)));
        Assert.Equal(20, admitted.Sum());
        foreach (PostgresCounterStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Counters_of_a_later_version_are_refused()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await RunAsync(source, PostgresCounterStore.Script);
        await RunAsync(source, "CREATE OR REPLACE FUNCTION policylayer.version() RETURNS integer LANGUAGE sql AS 'SELECT 1000'");
        await using var store = new PostgresCounterStore(source);
        Assert.Contains("later version", (await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(Ask.Demand(Ask.Limit(1))))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counters_of_an_earlier_version_go_on()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        CounterDemand demand = Ask.Demand(Ask.Limit(5));
        await using (var before = new PostgresCounterStore(source))
        {
            Assert.True(await before.AdmitsAsync(demand));
        }

        await RunAsync(source, "CREATE OR REPLACE FUNCTION policylayer.version() RETURNS integer LANGUAGE sql AS 'SELECT 1'");
        await using var store = new PostgresCounterStore(source);
        Assert.Equal(4, await store.DrainAsync(demand));
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        Assert.True(await HoldsAsync(connection, "SELECT policylayer.version() > 1"), "it was not installed");
    }

    [Fact]
    public async Task Counters_and_approvals_that_start_at_once_install_once()
    {
        PostgresCounterStore[] counters = [.. Enumerable.Range(0, 3).Select(_ => new PostgresCounterStore(ConnectionString))];
        PostgresApprovalStore[] approvals = [.. Enumerable.Range(0, 3).Select(_ => new PostgresApprovalStore(ConnectionString))];
        Task<bool[]> counting = Task.WhenAll(counters.Select(static store => store.AdmitsAsync(Ask.Demand(Ask.Limit(3)))));
        Task<StoredApproval[]> asking = Task.WhenAll(approvals.Select(static store => store.AskAsync(AskedPayment.For("a"), Token).AsTask()));
        Assert.DoesNotContain(false, await counting);
        Assert.Single((await asking).Select(static asked => asked.Id).Distinct());
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Token);
        Assert.True(
            await HoldsAsync(connection, "SELECT bool_and(p.xmin::text = n.xmin::text) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'policylayer'"),
            "it was installed again");
        foreach (IDisposable store in counters.Concat<IDisposable>(approvals))
        {
            store.Dispose();
        }
    }

    [Fact]
    public async Task Database_of_the_version_before_gets_approvals_while_its_hosts_go_on()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await RunAsync(source, PostgresCounterStore.Script);
        await using var before = new PostgresCounterStore(source);
        CounterDemand demand = Ask.Demand(Ask.Limit(200));
        Assert.True(await before.AdmitsAsync(demand));
        await RunAsync(source, """
            DROP TABLE policylayer.approval CASCADE;
            DROP FUNCTION policylayer.enter_approvals;
            CREATE OR REPLACE FUNCTION policylayer.version() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 6';
            """);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        Assert.True(await HoldsAsync(connection, "SELECT count(*) = 0 FROM pg_proc WHERE proname LIKE '%approval%'"), "it is not as it was before");
        await using var approvals = new PostgresApprovalStore(source);
        Task<int> draining = before.DrainAsync(demand);
        Assert.Equal(ApprovalStatus.Pending, await approvals.AskAsync("a"));
        Assert.Equal(199, await draining);
    }

    [Fact]
    public async Task Host_of_version_9_goes_on_beside_one_of_this()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        var clock = new ManualTimeProvider();
        await using var store = new PostgresCounterStore(source, ownsSource: false, TimeProvider.System, clock, HostLeases.DefaultLength, maxCounters: 1);
        CounterDemand demand = Ask.Demand(Ask.Limit(2, LimitAlgorithm.Fixed, TimeSpan.FromMinutes(1)));
        Assert.True(await store.AdmitsAsync(demand));
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        Assert.True(await HoldsAsync(connection, "SELECT refused IS NULL AND remaining IS NULL AND stamp = utc AND utc > 0 FROM " + AsBefore(demand, clock)), "it is not admitted");
        Assert.True(await HoldsAsync(connection, "SELECT refused = 0 AND remaining = 0 AND wait = 60000000 AND stamp IS NULL FROM " + AsBefore(demand, clock)), "it is not refused");
        Assert.False(await store.AdmitsAsync(demand));
        Assert.True(await HoldsAsync(connection, "SELECT refused = -1 FROM " + AsBefore(Ask.Demand(demand.Limit, "other"), clock)), "it is not full");
    }

    [Fact]
    public async Task Host_that_waited_for_anothers_installation_does_not_repeat_it()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var store = new PostgresCounterStore(source);
        await using NpgsqlConnection other = await source.OpenConnectionAsync(Token);
        await RunAsync(other, "SELECT pg_advisory_lock(7239018)");
        Task<bool> asking = store.AdmitsAsync(Ask.Demand(Ask.Limit(1)));
        await UntilAsync(other, "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        await RunAsync(other, PostgresCounterStore.Script);
        await RunAsync(other, "CREATE TABLE before AS SELECT xmin::text AS made FROM pg_proc WHERE oid = 'policylayer.version()'::regprocedure");
        await RunAsync(other, "SELECT pg_advisory_unlock(7239018)");
        Assert.True(await asking);
        Assert.True(await HoldsAsync(other, "SELECT made = pg_proc.xmin::text FROM before, pg_proc WHERE oid = 'policylayer.version()'::regprocedure"), "it was installed again");
    }

    [Fact]
    public async Task Host_that_may_not_install_needs_the_rights_that_the_readme_names()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        string role = "role" + Guid.NewGuid().ToString("N");
        await RunAsync(source, $"CREATE ROLE {role} LOGIN");
        await using var counters = new PostgresCounterStore(ConnectionString + ";Username=" + role);
        await using var approvals = new PostgresApprovalStore(ConnectionString + ";Username=" + role);
        Assert.Contains("42501", (await Assert.ThrowsAsync<CounterStoreException>(() => approvals.AskAsync("a"))).Message, StringComparison.Ordinal);
        await RunAsync(source, PostgresCounterStore.Script + $"""
            GRANT USAGE ON SCHEMA policylayer TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA policylayer TO {role};
            GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA policylayer TO {role};
            """);
        Assert.True(await counters.AdmitsAsync(Ask.Demand(Ask.Limit(1))));
        await approvals.ApproveAsync("a");
        Assert.Equal((ApprovalStatus.Approved, ApprovalStatus.Pending), (await approvals.AskAsync("a"), await approvals.AskAsync("a")));
    }

    [Fact]
    public async Task Installation_waits_for_no_reservation()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await RunAsync(source, PostgresCounterStore.Script);
        await using NpgsqlConnection host = await source.OpenConnectionAsync(Token);
        await using NpgsqlTransaction reservation = await host.BeginTransactionAsync(Token);
        await RunAsync(host, """
            SELECT policylayer.take_places(1, 10, 0, '{}');
            INSERT INTO policylayer.counter (key) VALUES ('a');
            INSERT INTO policylayer.host (id, until) VALUES ('00000000-0000-0000-0000-000000000001', 1);
            INSERT INTO policylayer.place (key, host, places) VALUES ('b', '00000000-0000-0000-0000-000000000001', 1);
            SELECT policylayer.ask_approval('a', 'a', 'g', 1, 'a', 1, 1, NULL)
            """);
        await RunAsync(source, "SET lock_timeout = '3s';" + PostgresCounterStore.Script);
        await reservation.CommitAsync(Token);
    }

    private static string AsBefore(CounterDemand demand, ManualTimeProvider clock) => string.Create(CultureInfo.InvariantCulture, $"""
        policylayer.reserve(ARRAY['{SharedKey.Of(demand)}'], ARRAY['Fixed'], ARRAY[60000000], ARRAY['FromEpoch'], ARRAY[2], ARRAY[0], ARRAY[1], ARRAY[true], true, NULL, 60000000, {Micros.Of(clock.GetUtcNow())}, 1)
        """);
}
