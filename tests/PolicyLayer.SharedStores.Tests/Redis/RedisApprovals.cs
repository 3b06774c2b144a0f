using PolicyLayer.SharedStores.Tests.Support;
using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

/// <summary>What tests ask of approvals in Redis.</summary>
internal static class RedisApprovals
{
    public static StoredApproval New(TimeSpan? lifetime = null) =>
        AskedCalls.New(Guid.NewGuid().ToString("N")) with { Arguments = """{"to":"hunter2"}""", Lifetime = lifetime ?? TimeSpan.FromHours(1) };

    /// <summary>The same call, as it comes again.</summary>
    public static StoredApproval Again(this StoredApproval asked) => asked with { Id = Guid.NewGuid().ToString("N") };

    public static async Task<ApprovalStatus> StatusAsync(this IApprovalStore store, StoredApproval asked) =>
        (await store.AskAsync(asked, TestContext.Current.CancellationToken)).Status;

    public static async Task<ApprovalStatus?> AnsweredAsync(this IApprovalStore store, StoredApproval asked, bool isApproved = true) =>
        (await store.AnswerAsync(asked.Id, isApproved, by: null, TestContext.Current.CancellationToken))?.Status;

    public static async Task<ApprovalStatus?> FoundAsync(this IApprovalStore store, StoredApproval asked) =>
        (await store.FindAsync(asked.Id, TestContext.Current.CancellationToken))?.Status;

    /// <summary>The connection that a kill has cut is made again by one of the first who ask.</summary>
    public static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (CounterStoreException)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    public static async Task<RedisResult> AdminAsync(this RedisServer server, string command, params object[] arguments)
    {
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(server.AdminConfiguration);
        return await connection.GetDatabase().ExecuteAsync(command, arguments);
    }

    /// <summary>How long the server keeps each key there is; null for one that it keeps for ever.</summary>
    public static async Task<IReadOnlyDictionary<string, TimeSpan?>> LivesAsync(this RedisServer server, string pattern)
    {
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(server.AdminConfiguration);
        var lives = new Dictionary<string, TimeSpan?>(StringComparer.Ordinal);
        foreach (RedisKey key in connection.GetServer(connection.GetEndPoints()[0]).Keys(pattern: pattern))
        {
            lives[(string)key!] = await connection.GetDatabase().KeyTimeToLiveAsync(key);
        }

        return lives;
    }
}
