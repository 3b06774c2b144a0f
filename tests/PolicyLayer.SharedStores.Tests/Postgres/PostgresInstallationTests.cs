using Npgsql;
using PolicyLayer.SharedStores.Tests.Support;

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
            INSERT INTO policylayer.place (key, host, places) VALUES ('b', '00000000-0000-0000-0000-000000000001', 1)
            """);
        await RunAsync(source, "SET lock_timeout = '3s';" + PostgresCounterStore.Script);
        await reservation.CommitAsync(Token);
    }
}
