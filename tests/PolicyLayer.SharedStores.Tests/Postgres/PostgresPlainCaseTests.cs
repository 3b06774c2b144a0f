using Npgsql;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Postgres;

/// <summary>Where the one statement for the plain case must not answer.</summary>
public sealed class PostgresPlainCaseTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Clock_that_is_set_back_lets_nothing_leave_early(int counters)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        ManualTimeProvider ahead = new(), behind = new();
        ahead.Advance(TimeSpan.FromSeconds(30));
        await using PostgresCounterStore store = Open(source, ahead), other = Open(source, behind);
        CounterDemand[] demands = Demands(Ask.Limit(2, window: TimeSpan.FromMinutes(1)), counters);
        Assert.True(await store.AdmitsAsync(demands));
        Assert.True(await other.AdmitsAsync(demands));
        behind.Advance(TimeSpan.FromSeconds(65));
        Assert.False(await other.AdmitsAsync(demands));
        behind.Advance(TimeSpan.FromSeconds(25));
        Assert.True(await other.AdmitsAsync(demands));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Window_of_many_admissions_joins_those_of_a_slice(int counters)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using PostgresCounterStore store = Open(source, new ManualTimeProvider());
        CounterDemand[] demands = Demands(Ask.Limit(1002, window: TimeSpan.FromMinutes(1)), counters);
        Assert.True(await store.AdmitsAsync(demands));
        await RunAsync(source, """
            UPDATE policylayer.counter SET firsts = array_fill(firsts[1], ARRAY[1000]), lasts = array_fill(lasts[1], ARRAY[1000]), amounts = array_fill(1::numeric, ARRAY[1000]), total = 1000
            """);
        Assert.True(await store.AdmitsAsync(demands));
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        Assert.True(await HoldsAsync(connection, "SELECT bool_and(cardinality(lasts) = 1000 AND amounts[1000] = 2 AND total = 1001) FROM policylayer.counter"));
        Assert.True(await store.AdmitsAsync(demands));
        Assert.False(await store.AdmitsAsync(demands));
    }

    [Theory]
    [InlineData(LimitAlgorithm.Fixed, 1)]
    [InlineData(LimitAlgorithm.Fixed, 2)]
    [InlineData(LimitAlgorithm.Sliding, 1)]
    [InlineData(LimitAlgorithm.Sliding, 2)]
    public async Task Limit_that_does_not_charge_only_asks(LimitAlgorithm algorithm, int counters)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        await using PostgresCounterStore store = Open(source, new ManualTimeProvider());
        CounterDemand[] demands = Demands(Ask.Limit(3, algorithm, TimeSpan.FromMinutes(1)), counters);
        Assert.True(await store.AdmitsAsync(demands));
        CounterDemand[] asking = [demands[0] with { Charges = false }, .. demands[1..]];
        Assert.True(await store.AdmitsAsync(asking));
        Assert.True(await store.AdmitsAsync(asking));
        Assert.Equal(2, await store.DrainAsync(demands[0]));
        Assert.False(await store.AdmitsAsync(asking));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Admissions_that_have_left_do_not_pile_up(int counters)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        var clock = new ManualTimeProvider();
        await using PostgresCounterStore store = Open(source, clock);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        CounterDemand[] demands = Demands(Ask.Limit(1000, window: TimeSpan.FromSeconds(10)), counters);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(await store.AdmitsAsync(demands));
            Assert.True(await HoldsAsync(connection, $"SELECT bool_and(cardinality(lasts) BETWEEN {Math.Min(i + 1, 10)} AND 10 + 23 AND total = cardinality(lasts)) FROM policylayer.counter"));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1000 - 9, (await store.PeekAsync(new[] { demands[0] with { Amount = 1001 } }, Token)).Remaining);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Admissions_that_have_left_keep_nobody_out(int counters)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        var clock = new ManualTimeProvider();
        await using PostgresCounterStore store = Open(source, clock);
        CounterDemand[] demands = Demands(Ask.Limit(3, window: TimeSpan.FromSeconds(10)), counters);
        for (int i = 0; i < 30; i++)
        {
            Assert.True(await store.AdmitsAsync(demands));
            Assert.Equal(i >= 2, !(await store.PeekAsync(demands, Token)).IsReserved);
            clock.Advance(i % 3 == 2 ? TimeSpan.FromSeconds(8) : TimeSpan.FromSeconds(1));
        }
    }

    private static PostgresCounterStore Open(NpgsqlDataSource source, ManualTimeProvider clock) =>
        new(source, ownsSource: false, TimeProvider.System, clock, HostLeases.DefaultLength);

    private static CounterDemand[] Demands(CounterLimit limit, int counters) => [.. Enumerable.Range(0, counters).Select(i => Ask.Demand(limit, "c" + i))];
}
