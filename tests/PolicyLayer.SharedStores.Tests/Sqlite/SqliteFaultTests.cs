using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.SharedStores.Tests.Sqlite;

public sealed class SqliteFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task File_that_is_made_is_its_owners_alone_and_one_that_is_there_stays_as_it_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have other rights there");
        const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var store = new SqliteCounterStore(Path))
        {
            Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(1))));
            Assert.Equal((Owners, Owners), (File.GetUnixFileMode(Path), File.GetUnixFileMode(Path + "-wal")));
        }

        File.SetUnixFileMode(Path, Owners | UnixFileMode.GroupRead);
        using var again = new SqliteCounterStore(Path);
        Assert.Equal(Owners | UnixFileMode.GroupRead, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task Two_processes_on_one_file_admit_exactly_the_maximum()
    {
        using var store = new SqliteCounterStore(Path);
        await HostFaults.TwoHostsAdmitTheMaximumAsync("sqlite=" + Path, store);
    }

    [Fact]
    public async Task Killed_host_gives_its_place_back_and_nothing_else()
    {
        using var now = new SqliteCounterStore(Path);
        using var later = new SqliteCounterStore(Path, new ShiftedClock(TimeSpan.FromSeconds(61)));
        await HostFaults.KilledHostAsync("sqlite=" + Path, now, later);
    }

    [Fact]
    public async Task Place_of_a_call_that_runs_long_is_kept()
    {
        var clock = new ManualTimeProvider();
        using var host = new SqliteCounterStore(Path, clock);
        using var other = new SqliteCounterStore(Path, clock);
        CounterDemand place = Ask.Demand(Ask.Limit(1, LimitAlgorithm.Concurrent));
        Assert.True(await host.AdmitsAsync(place));
        for (int i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(15));

            // The host's own question stands behind its renewal.
            Assert.False(await host.AdmitsAsync(place));
        }

        Assert.False(await other.AdmitsAsync(place));
    }

    [Fact]
    public async Task Counters_outlive_the_process_and_the_clock_that_is_set_back()
    {
        CounterDemand demand = Ask.Demand(Ask.Limit(3, window: TimeSpan.FromMinutes(1)));
        using (var store = new SqliteCounterStore(Path))
        {
            Assert.True(await store.AdmitsAsync(demand));
        }

        using (var store = new SqliteCounterStore(Path, new ShiftedClock(TimeSpan.FromDays(-400))))
        {
            Assert.Equal(2, await store.DrainAsync(demand));
        }

        using (var store = new SqliteCounterStore(Path, new ShiftedClock(TimeSpan.FromMinutes(2))))
        {
            Assert.Equal(3, await store.DrainAsync(demand));
        }
    }

    [Fact]
    public async Task Full_disk_denies_and_loses_nothing()
    {
        using var disk = new SmallDisk();
        using var store = new SqliteCounterStore(disk.File("state.db"));
        CounterDemand demand = Ask.Demand(Ask.Limit(3));
        Assert.True(await store.AdmitsAsync(demand));
        string filler = disk.Fill();
        await Assert.ThrowsAsync<CounterStoreException>(async () =>
        {
            while (true)
            {
                Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(1), Guid.NewGuid().ToString())), "admitted while there was room");
            }
        });
        File.Delete(filler);
        Assert.Equal(2, await store.DrainAsync(demand));
    }

    [Fact]
    public async Task File_that_becomes_read_only_denies_until_it_is_writable()
    {
        using var disk = new SmallDisk();
        string path = disk.File("state.db");
        CounterDemand demand = Ask.Demand(Ask.Limit(3));
        using (var store = new SqliteCounterStore(path))
        {
            Assert.True(await store.AdmitsAsync(demand));
        }

        disk.MakeReadOnly();
        Assert.Throws<CounterStoreException>(() => new SqliteCounterStore(path));
        disk.MakeWritable();
        using var again = new SqliteCounterStore(path);
        Assert.Equal(2, await again.DrainAsync(demand));
    }

    [Fact]
    public async Task Call_that_gives_up_while_another_process_writes_is_not_charged()
    {
        using var store = new SqliteCounterStore(Path);
        using var writer = new SqliteConnection("Pooling=false;Data Source=" + Path);
        writer.Open();
        using SqliteTransaction transaction = writer.BeginTransaction();
        using var gone = new CancellationTokenSource();
        CounterDemand demand = Ask.Demand(Ask.Limit(3));
        Task asking = store.ReserveAsync(new[] { demand }, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        transaction.Rollback();
        Assert.Equal(3, await store.DrainAsync(demand));
    }

    [Fact]
    public async Task Place_that_could_not_be_given_back_lapses_though_its_host_lives()
    {
        var clock = new ManualTimeProvider();
        using var host = new SqliteCounterStore(Path, clock);
        using var other = new SqliteCounterStore(Path, clock);
        CounterDemand place = Ask.Demand(Ask.Limit(1, LimitAlgorithm.Concurrent));
        CounterReservation taken = await host.ReserveAsync(new[] { place }, TestContext.Current.CancellationToken);
        using (var writer = new SqliteConnection("Pooling=false;Data Source=" + Path))
        {
            writer.Open();
            using SqliteTransaction transaction = writer.BeginTransaction();
            using var late = new CancellationTokenSource();
            Task refunding = host.RefundAsync(taken, new[] { place }, late.Token).AsTask();
            await late.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refunding);
        }

        Assert.False(await other.AdmitsAsync(place));
        for (int i = 0; i < 5; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(15));

            // The host's own question stands behind its renewal.
            Assert.True(await host.AdmitsAsync(Ask.Demand(Ask.Limit(100), "calls")));
        }

        Assert.True(await other.AdmitsAsync(place));
    }

    [Fact]
    public void File_that_is_none_of_ours_is_refused_and_left_alone()
    {
        File.WriteAllText(Path, "precious text, long enough to be looked at as a header of a file");
        CounterStoreException e = Assert.Throws<CounterStoreException>(() => new SqliteCounterStore(Path));
        Assert.Contains("not a database", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("precious", File.ReadAllText(Path), StringComparison.Ordinal);

        string other = _folder.File("other.db");
        using (var connection = new SqliteConnection("Pooling=false;Data Source=" + other))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE mine (x)";
            command.ExecuteNonQuery();
        }

        Assert.Contains("something else", Assert.Throws<CounterStoreException>(() => new SqliteCounterStore(other)).Message, StringComparison.Ordinal);
        Assert.Throws<CounterStoreException>(() => new SqliteCounterStore(_folder.File("no/folder/state.db")));
    }

    [Fact]
    public async Task Flood_of_keys_ends_at_the_bound_and_refills_nothing()
    {
        var clock = new ManualTimeProvider();
        using var store = new SqliteCounterStore(Path, clock, maxCounters: 3);
        CounterLimit limit = Ask.Limit(2, window: TimeSpan.FromMinutes(1));
        foreach (string counter in new[] { "a", "b", "c" })
        {
            Assert.True(await store.AdmitsAsync(Ask.Demand(limit, counter)));
        }

        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(Ask.Demand(limit, "d")));
        Assert.True(e.IsFull);
        Assert.Equal(1, await store.DrainAsync(Ask.Demand(limit, "a")));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await store.DrainAsync(Ask.Demand(limit, "d")));
    }

    [Fact]
    public async Task Counter_that_two_limits_share_takes_one_place_of_the_bound()
    {
        using var store = new SqliteCounterStore(Path, maxCounters: 1);
        Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(5)), Ask.Demand(Ask.Limit(3)) with { Charges = false }));
    }

    [Theory]
    [InlineData(LimitAlgorithm.Sliding)]
    [InlineData(LimitAlgorithm.Concurrent)]
    public async Task Places_of_a_host_that_died_make_room_though_nobody_asks_for_them(LimitAlgorithm next)
    {
        var clock = new ManualTimeProvider();
        CounterDemand other = Ask.Demand(Ask.Limit(1, next), "other");
        using (var dead = new SqliteCounterStore(Path, clock, maxCounters: 2))
        {
            Assert.True(await dead.AdmitsAsync(Ask.Demand(Ask.Limit(1, LimitAlgorithm.Concurrent), "a session"), Ask.Demand(Ask.Limit(1, LimitAlgorithm.Concurrent), "another")));
        }

        using var store = new SqliteCounterStore(Path, clock, maxCounters: 2);
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.True((await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(other))).IsFull);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await store.AdmitsAsync(other));
    }

    [Fact]
    public async Task Busy_counter_has_its_end_written_now_and_then_and_goes_in_the_end()
    {
        var clock = new ManualTimeProvider();
        using var store = new SqliteCounterStore(Path, clock, maxCounters: 1);
        CounterDemand busy = Ask.Demand(Ask.Limit(100, window: TimeSpan.FromMinutes(1)), "busy");
        var ends = new List<long>();
        for (int i = 0; i < 20; i++)
        {
            Assert.True(await store.AdmitsAsync(busy));
            ends.Add(await EndAsync());
            Assert.InRange(ends[i], clock.GetUtcNow().UtcTicks + TimeSpan.FromMinutes(1).Ticks, clock.GetUtcNow().UtcTicks + TimeSpan.FromSeconds(68).Ticks);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, ends.Distinct().Count());
        clock.Advance(TimeSpan.FromSeconds(67));
        Assert.True(await store.AdmitsAsync(Ask.Demand(Ask.Limit(1), "other")));
    }

    // A renewal of leases is never cancelled, and waited for the file; closing waited for the renewal.
    [Fact]
    public async Task Closing_waits_for_no_other_process()
    {
        var store = new SqliteCounterStore(Path);
        await using var other = new SqliteConnection($"Data Source={Path};Pooling=false");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using SqliteCommand command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Task<bool> asking = store.AdmitsAsync(Ask.Demand(Ask.Limit(1)));
        store.Dispose();
        Assert.Contains("closed", (await Assert.ThrowsAsync<CounterStoreException>(() => asking)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_store_says_so()
    {
        var store = new SqliteCounterStore(Path);
        store.Dispose();
        store.Dispose();
        Assert.Contains("closed", (await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(Ask.Demand(Ask.Limit(1))))).Message, StringComparison.Ordinal);
    }

    private async Task<long> EndAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT idle FROM counter";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
