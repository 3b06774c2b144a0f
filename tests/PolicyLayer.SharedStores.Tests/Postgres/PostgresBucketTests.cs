using Npgsql;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class PostgresBucketTests(PostgresFixture fixture) : PostgresTests(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Bucket_that_refills_more_slowly_by_now_is_not_forgotten_when_it_would_have_been_full()
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString);
        var clock = new ManualTimeProvider();
        await using var store = new PostgresCounterStore(source, ownsSource: false, TimeProvider.System, clock, HostLeases.DefaultLength);
        await SlowedBucket.AssertIsKeptAsync(store, clock);
    }

    [Fact]
    public async Task Bucket_that_refills_longer_than_can_be_said_refuses()
    {
        await using var store = new PostgresCounterStore(ConnectionString);
        await SlowBucket.AssertRefusesAsync(store);
    }
}
