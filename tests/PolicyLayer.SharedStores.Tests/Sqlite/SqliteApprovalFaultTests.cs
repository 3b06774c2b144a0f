using Microsoft.Data.Sqlite;
using PolicyLayer.SharedStores.Tests.Support;

namespace PolicyLayer.SharedStores.Tests.Sqlite;

public sealed class SqliteApprovalFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Full_disk_denies_and_loses_nothing()
    {
        using var disk = new SmallDisk();
        using var store = new SqliteApprovalStore(disk.File("state.db"));
        StoredApproval approved = await store.AskAsync("a");
        await store.AnswerAsync(approved.Id, isApproved: true);
        string filler = disk.Fill();
        await Assert.ThrowsAsync<CounterStoreException>(async () =>
        {
            while (true)
            {
                await store.AskAsync(Guid.NewGuid().ToString());
            }
        });

        // What could not be written was not used.
        await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        File.Delete(filler);
        Assert.Equal(ApprovalStatus.Approved, await store.StatusAsync(approved.Id));
        Assert.Equal(ApprovalStatus.Approved, (await store.AskAsync("a")).Status);
        Assert.Equal(ApprovalStatus.Pending, (await store.AskAsync("a")).Status);
    }

    [Fact]
    public async Task Call_that_gives_up_while_another_process_writes_uses_nothing()
    {
        using var store = new SqliteApprovalStore(Path);
        StoredApproval approved = await store.AskAsync("a");
        await store.AnswerAsync(approved.Id, isApproved: true);
        using var writer = new SqliteConnection("Pooling=false;Data Source=" + Path);
        writer.Open();
        using SqliteTransaction transaction = writer.BeginTransaction();
        using var gone = new CancellationTokenSource();
        Task asking = store.AskAsync(AskedCalls.New("a"), gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        transaction.Rollback();
        Assert.Equal(ApprovalStatus.Approved, (await store.AskAsync("a")).Status);
    }

    [Fact]
    public async Task Row_that_nobody_has_put_there_denies_its_call_and_no_other()
    {
        using var store = new SqliteApprovalStore(Path);
        StoredApproval asked = await store.AskAsync("a");
        await store.AnswerAsync(asked.Id, isApproved: true);
        using (var writer = new SqliteConnection("Pooling=false;Data Source=" + Path))
        {
            writer.Open();
            using SqliteCommand command = writer.CreateCommand();
            command.CommandText = "UPDATE approval SET details = '{}'";
            command.ExecuteNonQuery();
        }

        await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"));
        Assert.Equal(ApprovalStatus.Pending, (await store.AskAsync("b")).Status);
    }

    [Fact]
    public void File_that_is_none_of_ours_is_refused_and_left_alone()
    {
        File.WriteAllText(Path, "precious text, long enough to be looked at as a header of a file");
        Assert.Contains("not a database", Assert.Throws<CounterStoreException>(() => new SqliteApprovalStore(Path)).Message, StringComparison.Ordinal);
        Assert.StartsWith("precious", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_store_says_so()
    {
        var store = new SqliteApprovalStore(Path);
        store.Dispose();
        store.Dispose();
        Assert.Contains("closed", (await Assert.ThrowsAsync<CounterStoreException>(() => store.AskAsync("a"))).Message, StringComparison.Ordinal);
    }
}
