using Npgsql;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class PostgresFaultTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Two_hosts_admit_exactly_the_maximum()
    {
        await using var store = new PostgresCounterStore(ConnectionString);
        await HostFaults.TwoHostsAdmitTheMaximumAsync("postgres=" + ConnectionString, store);
    }

    [Fact]
    public async Task Killed_host_gives_its_place_back_and_nothing_else()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var now = new PostgresCounterStore(source);
        await using var later = new PostgresCounterStore(source, ownsSource: false, TimeProvider.System, new ShiftedClock(TimeSpan.FromSeconds(61)), HostLeases.DefaultLength);
        await HostFaults.KilledHostAsync("postgres=" + ConnectionString, now, later);
    }

    [Fact]
    public async Task Killed_server_admits_nothing_while_it_is_out_and_never_more_than_the_maximum()
    {
        await using PostgresServer server = await PostgresServer.CreateAsync();
        await using var store = new PostgresCounterStore(server.ConnectionString);
        await HostFaults.KilledServerAsync(server, "postgres=" + server.ConnectionString, store);
    }

    [Fact]
    public async Task Server_that_comes_back_serves_the_first_that_asks()
    {
        await using PostgresServer server = await PostgresServer.CreateAsync();
        await using var store = new PostgresCounterStore(server.ConnectionString);
        await HostFaults.ReturnedServerAsync(server, store);
    }

    [Fact]
    public async Task Clocks_of_hosts_say_nothing()
    {
        await using var early = new PostgresCounterStore(ConnectionString, new ShiftedClock(TimeSpan.FromSeconds(-30)));
        await using var late = new PostgresCounterStore(ConnectionString, new ShiftedClock(TimeSpan.FromDays(30)));
        CounterDemand demand = Ask.Demand(Ask.Limit(2, window: TimeSpan.FromDays(1)));
        Assert.Equal((true, true), (await early.AdmitsAsync(demand), await late.AdmitsAsync(demand)));
        Assert.Equal((false, false), (await early.AdmitsAsync(demand), await late.AdmitsAsync(demand)));
    }

    [Fact]
    public async Task Reservation_that_is_cut_off_is_denied_and_at_most_spent()
    {
        await using var store = new PostgresCounterStore(ConnectionString);
        CounterDemand demand = Ask.Demand(Ask.Limit(5));
        Assert.True(await store.AdmitsAsync(demand));
        await using NpgsqlConnection holder = await HoldAsync(demand);
        Task asking = store.AdmitsAsync(demand);
        await UntilAsync(holder, "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        await RunAsync(holder, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        await Assert.ThrowsAsync<CounterStoreException>(() => asking);
        await holder.CloseAsync();
        Assert.Equal(4, await store.DrainAsync(demand));
    }

    [Fact]
    public async Task Reservation_whose_answer_is_lost_is_denied_and_spent_once()
    {
        using var relay = new Relay(new NpgsqlConnectionStringBuilder(ConnectionString).Port);
        await using var store = new PostgresCounterStore(new NpgsqlConnectionStringBuilder(ConnectionString) { Port = relay.Port }.ConnectionString);
        await HostFaults.LostAnswerAsync(relay, store);
    }

    [Fact]
    public async Task Reservation_that_is_cancelled_while_it_waits_ends()
    {
        await using var store = new PostgresCounterStore(ConnectionString);
        CounterDemand demand = Ask.Demand(Ask.Limit(5));
        Assert.True(await store.AdmitsAsync(demand));
        await using NpgsqlConnection holder = await HoldAsync(demand);
        using var gone = new CancellationTokenSource();
        Task asking = store.ReserveAsync(new[] { demand }, gone.Token).AsTask();
        await UntilAsync(holder, "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await holder.CloseAsync();
        Assert.Equal(4, await store.DrainAsync(demand));
    }

    [Theory]
    [InlineData("default_transaction_isolation=serializable", "refuses")]
    [InlineData("synchronous_commit=off", "forgets what it has confirmed")]
    public async Task Server_that_could_admit_too_much_is_refused(string setting, string reason)
    {
        await using var store = new PostgresCounterStore(ConnectionString + $";Options=-c {setting}");
        CounterDemand[] demands = [Ask.Demand(Ask.Limit(1)), Ask.Demand(Ask.Limit(1), "other")];
        foreach (int count in (int[])[1, 2])
        {
            CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(demands[..count]));
            Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Flood_of_keys_ends_at_the_bound_and_refills_nothing()
    {
        var clock = new ManualTimeProvider();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var one = new PostgresCounterStore(source, ownsSource: false, TimeProvider.System, clock, HostLeases.DefaultLength, maxCounters: 50);
        await using var other = new PostgresCounterStore(source, ownsSource: false, TimeProvider.System, clock, HostLeases.DefaultLength, maxCounters: 50);
        CounterLimit[] limits = [Ask.Limit(2, window: TimeSpan.FromMinutes(1)), Ask.Limit(2, LimitAlgorithm.Fixed, TimeSpan.FromMinutes(1)), Ask.Limit(2, LimitAlgorithm.TokenBucket, TimeSpan.FromMinutes(1))];
        bool[] admitted = new bool[120];
        await Parallel.ForAsync(0, admitted.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            admitted[i] = await AdmitsUnlessFullAsync(i % 2 == 0 ? one : other, Ask.Demand(limits[i % 3], "made up " + i)));
        Assert.Equal(50, admitted.Count(static isAdmitted => isAdmitted));
        int first = Array.IndexOf(admitted, true);
        Assert.Equal(1, await other.DrainAsync(Ask.Demand(limits[first % 3], "made up " + first)));

        // All or none, where there is a place for one of two.
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await one.AdmitsAsync([.. Enumerable.Range(0, 49).Select(i => Ask.Demand(limits[0], "new " + i))]));
        Assert.False(await AdmitsUnlessFullAsync(one, Ask.Demand(limits[1], "a"), Ask.Demand(limits[0], "b")));
        Assert.True(await AdmitsUnlessFullAsync(one, Ask.Demand(limits[1], "a"), Ask.Demand(limits[1], "a")));
        Assert.False(await AdmitsUnlessFullAsync(other, Ask.Demand(limits[0], "b")));
    }

    [Fact]
    public async Task Old_counter_that_a_reservation_is_at_is_not_taken_out()
    {
        var clock = new ManualTimeProvider();
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var store = new PostgresCounterStore(source, ownsSource: false, TimeProvider.System, clock, HostLeases.DefaultLength, maxCounters: 3);
        CounterDemand old = Ask.Demand(Ask.Limit(1, LimitAlgorithm.Fixed, TimeSpan.FromMinutes(1)), "old");
        Assert.True(await store.AdmitsAsync(old));
        clock.Advance(TimeSpan.FromMinutes(2));
        await using NpgsqlConnection holder = await HoldAsync(old);
        Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(1), "a")));
        Assert.True(await HoldsAsync(holder, "SELECT count(*) = 2 FROM policylayer.counter"), "it was taken out");

        // Not by closing, which the server notices only later.
        await RunAsync(holder, "SELECT pg_advisory_unlock_all()");
        Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(1), "b")));
        Assert.True(await HoldsAsync(holder, "SELECT count(*) = 2 AND bool_and(s.counters = 2) FROM policylayer.counter, policylayer.size s"), "it was not taken out later, or not counted");
    }

    [Fact]
    public async Task Counters_that_somebody_took_out_make_room()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using var store = new PostgresCounterStore(source, maxCounters: 1);
        Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(1), "a")));
        Assert.False(await AdmitsUnlessFullAsync(store, Ask.Demand(Ask.Limit(1), "b")));
        await RunAsync(source, "DELETE FROM policylayer.counter; UPDATE policylayer.size SET counted = 0");
        Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(1), "b")));
        Assert.False(await AdmitsUnlessFullAsync(store, Ask.Demand(Ask.Limit(1), "c")));
    }

    [Fact]
    public void Connection_string_is_checked_and_never_quoted()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new PostgresCounterStore("Host=a;Pasword=secret"));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    private static async Task<bool> AdmitsUnlessFullAsync(PostgresCounterStore store, params CounterDemand[] demands)
    {
        try
        {
            return await store.AdmitsAsync(demands);
        }
        catch (CounterStoreException e)
        {
            Assert.True(e.IsFull, e.Message);
            return false;
        }
    }
}
