using Microsoft.Data.Sqlite;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Sqlite;

public sealed class SqliteStateTests
{
    [Fact]
    public async Task What_has_left_the_window_is_not_written_again()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("state.db");
        var clock = new ManualTimeProvider();
        CounterDemand demand = Ask.Demand(Ask.Limit(500, window: TimeSpan.FromMinutes(1)));
        using (var store = new SqliteCounterStore(path, clock))
        {
            Assert.True(await store.AdmitsAsync(demand));
        }

        long once = await LengthOfStateAsync(path);
        using (var store = new SqliteCounterStore(path, clock))
        {
            for (int i = 0; i < 20; i++)
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                Assert.True(await store.AdmitsAsync(demand));
            }
        }

        Assert.Equal(once, await LengthOfStateAsync(path));
    }

    // To SQLite these name a database in memory, which forgets what was counted whenever it is opened anew, and is nobody else's.
    [Theory]
    [InlineData(":memory:")]
    [InlineData("file:counters?mode=memory")]
    public async Task Name_that_means_memory_to_SQLite_is_a_file_all_the_same(string name)
    {
        CounterDemand demand = Ask.Demand(Ask.Limit(1));
        try
        {
            using var store = new SqliteCounterStore(name);
            Assert.True(await store.AdmitsAsync(demand));
            using var other = new SqliteCounterStore(Path.GetFullPath(name));
            Assert.False(await other.AdmitsAsync(demand));
        }
        finally
        {
            Array.ForEach(["", "-wal", "-shm"], end => File.Delete(name + end));
        }
    }

    // Until when a bucket counts was written when it refilled fast, and is written again though nothing is taken.
    [Fact]
    public async Task Bucket_that_refills_more_slowly_by_now_is_not_forgotten_when_it_would_have_been_full()
    {
        using var folder = new TemporaryFolder();
        var clock = new ManualTimeProvider();
        using var store = new SqliteCounterStore(folder.File("state.db"), clock);
        await SlowedBucket.AssertIsKeptAsync(store, clock);
    }

    [Fact]
    public async Task Bucket_that_refills_longer_than_can_be_said_refuses()
    {
        using var folder = new TemporaryFolder();
        using var store = new SqliteCounterStore(folder.File("state.db"));
        await SlowBucket.AssertRefusesAsync(store);
    }

    private static async Task<long> LengthOfStateAsync(string path)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT length(state) FROM counter";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
