using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;
using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

/// <summary>How counters are written where something is left out.</summary>
public sealed class RedisSavingTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Busy_counter_lives_longer_than_its_window()
    {
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.PatientConfiguration);
        var clock = new ManualTimeProvider();
        using RedisCounterStore store = Open("busy", clock);
        TimeSpan window = TimeSpan.FromMinutes(1), step = TimeSpan.FromSeconds(7);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(100, window: window))));
            RedisKey key = Assert.Single(connection.GetServer(connection.GetEndPoints()[0]).Keys(pattern: "{busy}:*liding*"));
            TimeSpan life = (await connection.GetDatabase().KeyTimeToLiveAsync(key))!.Value;
            Assert.InRange(life, window, TimeSpan.MaxValue);

            // The server's own clock goes with the test's.
            Assert.True(await connection.GetDatabase().KeyExpireAsync(key, life - step));
            clock.Advance(step);
        }
    }

    [Theory]
    [InlineData(1L << 53)]
    [InlineData(long.MaxValue)]
    public async Task Fixed_counter_is_exact_where_numbers_grow_large(long millionths)
    {
        using RedisCounterStore store = Open("large " + millionths, new ManualTimeProvider());
        decimal least = 0.000001m, large = millionths * least;
        CounterLimit limit = Ask.Limit(large + (2 * least), LimitAlgorithm.Fixed);
        Assert.True(await store.AdmitsAsync(Ask.Demand(limit)));
        Assert.True(await store.AdmitsAsync(Ask.Demand(limit, amount: large - 1 - (2 * least))));
        Assert.Equal(4, await store.DrainAsync(Ask.Demand(limit, amount: least)));
    }

    private RedisCounterStore Open(string prefix, ManualTimeProvider clock) =>
        new(fixture.Link(), new RedisCounterStoreOptions { KeyPrefix = prefix }, clock, serverClock: clock, TimeSpan.FromDays(1000));
}
