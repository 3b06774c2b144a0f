using Microsoft.Data.Sqlite;
using Npgsql;
using PolicyLayer.Sdk;
using StackExchange.Redis;

namespace PolicyLayer.Benchmarks.Stores;

/// <summary>A store, and the least that one can ask of the same server.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly string _policy = Guid.NewGuid().ToString("N");
    private readonly ICounterStore _store;
    private readonly Func<Task> _bare;
    private readonly IAsyncDisposable[] _owned;
    private int _key;

    private StoreUnderTest(string name, ICounterStore store, Func<Task> bare, params IAsyncDisposable[] owned) => (Name, _store, _bare, _owned) = (name, store, bare, owned);

    public string Name { get; }

    public static async Task<StoreUnderTest> OpenAsync(string place)
    {
        switch (place.Split(':', 2))
        {
            case ["sqlite", string file]:
                var connection = new SqliteConnection($"Pooling=false;Data Source={file}.bare");
                await connection.OpenAsync();
                using (SqliteCommand make = connection.CreateCommand())
                {
                    make.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS bare (n INTEGER); INSERT INTO bare VALUES (0)";
                    make.ExecuteNonQuery();
                }

                SqliteCommand write = connection.CreateCommand();
                write.CommandText = "UPDATE bare SET n = n + 1";
                var gate = new SemaphoreSlim(1);
                return new StoreUnderTest("SQLite (bare: one row written)", new SqliteCounterStore(file), () => OneAtATimeAsync(gate, write), write, connection);
            case ["postgres", string text]:
                NpgsqlDataSource source = NpgsqlDataSource.Create(text + ";Max Auto Prepare=8;Auto Prepare Min Usages=2");
                return new StoreUnderTest("PostgreSQL (bare: one row written)", new PostgresCounterStore(source), await WriterAsync(source), source);
            case ["redis", string configuration]:
                ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(configuration);
                var store = new RedisCounterStore(redis);
                string key = Guid.NewGuid().ToString("N");
                return new StoreUnderTest("Redis (bare: INCR)", store, () => redis.GetDatabase().StringIncrementAsync(key));
            default:
                throw new ArgumentException("a place is sqlite:FILE, postgres:CONNECTION or redis:CONFIGURATION", nameof(place));
        }
    }

    public Task BareAsync() => _bare();

    public async Task ReserveAsync(int limits, CounterLimit limit)
    {
        // A hundred callers' keys: what is measured is the way to the server, not one row's lock.
        string scope = (Interlocked.Increment(ref _key) % 100).ToString(System.Globalization.CultureInfo.InvariantCulture);
        CounterDemand[] demands = [.. Enumerable.Range(0, limits).Select(i => new CounterDemand(new CounterKey(_policy, "c" + (char)('a' + i), scope), limit, 1, Charges: true))];
        if (!(await _store.ReserveAsync(demands, CancellationToken.None)).IsReserved)
        {
            throw new InvalidOperationException("the limit is not to be reached here");
        }
    }

    public async ValueTask DisposeAsync()
    {
        (_store as IDisposable)?.Dispose();
        foreach (IAsyncDisposable owned in _owned)
        {
            await owned.DisposeAsync();
        }
    }

    private static async Task<Func<Task>> WriterAsync(NpgsqlDataSource source)
    {
        await using NpgsqlCommand make = source.CreateCommand("CREATE TABLE IF NOT EXISTS bare (k int PRIMARY KEY, n bigint); INSERT INTO bare SELECT k, 0 FROM generate_series(0, 99) k ON CONFLICT DO NOTHING");
        await make.ExecuteNonQueryAsync();
        int key = 0;
        return async () =>
        {
            await using NpgsqlCommand write = source.CreateCommand("UPDATE bare SET n = n + 1 WHERE k = $1");
            write.Parameters.Add(new NpgsqlParameter { Value = Interlocked.Increment(ref key) % 100 });
            await write.ExecuteNonQueryAsync();
        };
    }

    private static async Task OneAtATimeAsync(SemaphoreSlim gate, SqliteCommand write)
    {
        await gate.WaitAsync();
        try
        {
            write.ExecuteNonQuery();
        }
        finally
        {
            gate.Release();
        }
    }
}
