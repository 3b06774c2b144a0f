using PolicyLayer.SharedStores.Tests.Support;
using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

public sealed class RedisBucketTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Bucket_that_refills_more_slowly_by_now_is_not_forgotten_when_it_would_have_been_full()
    {
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.AdminConfiguration);
        using var store = new RedisCounterStore(connection, new RedisCounterStoreOptions { KeyPrefix = "slowed" });
        Assert.Equal(10, await store.DrainAsync(SlowedBucket.Before));
        Assert.InRange(await LifeAsync(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(12));
        Assert.False(await store.AdmitsAsync(SlowedBucket.After));
        Assert.InRange(await LifeAsync(), TimeSpan.FromDays(9.9), TimeSpan.FromDays(10.1));

        async Task<TimeSpan> LifeAsync()
        {
            RedisKey key = Assert.Single(connection.GetServer(connection.GetEndPoints()[0]).Keys(pattern: "{slowed}:*bucket*"));
            return (await connection.GetDatabase().KeyTimeToLiveAsync(key))!.Value;
        }
    }

    [Fact]
    public async Task Bucket_that_refills_longer_than_can_be_said_refuses()
    {
        using var store = new RedisCounterStore(fixture.Server.PatientConfiguration, new RedisCounterStoreOptions { KeyPrefix = "slow" });
        await SlowBucket.AssertRefusesAsync(store);
    }
}
