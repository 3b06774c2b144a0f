using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Testing;
using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

/// <summary>Asks two stores the same, one of them never plainly: another demand asks for the first one's counter, and charges nothing.</summary>
internal sealed class RedisTwins : IDisposable
{
    private readonly string _prefix = Guid.NewGuid().ToString("N");
    private readonly ConnectionMultiplexer _connection;
    private readonly RedisCounterStore _plain;
    private readonly RedisCounterStore _other;
    private readonly SortedDictionary<string, TimeSpan> _windows = new(StringComparer.Ordinal);

    private RedisTwins(ConnectionMultiplexer connection, RedisFixture fixture)
    {
        _connection = connection;
        _plain = Open(Prefix(isPlain: true));
        _other = Open(Prefix(isPlain: false));

        RedisCounterStore Open(string prefix) =>
            new(fixture.Link(), new RedisCounterStoreOptions { KeyPrefix = prefix }, Clock, serverClock: Clock, TimeSpan.FromDays(100_000));
    }

    public ManualTimeProvider Clock { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RedisTwins> CreateAsync(RedisFixture fixture) =>
        new(await ConnectionMultiplexer.ConnectAsync(fixture.Server.PatientConfiguration), fixture);

    /// <summary>Sets the clock on, or back.</summary>
    public void Move(TimeSpan by) => Clock.SetUtcNow(Clock.GetUtcNow() + by);

    /// <summary>What both answer.</summary>
    /// <param name="demands">What they are asked.</param>
    /// <param name="isPlain">Whether the first is asked plainly; else it goes on, in the other way, with what it has.</param>
    public async Task<CounterReservation> ReserveAsync(CounterDemand[] demands, bool isPlain = true)
    {
        Array.ForEach(demands, demand => _windows[SharedKey.Of(demand)] = demand.Limit.Window);
        CounterDemand[] asking = [.. demands, demands[0] with { Charges = false }];
        CounterReservation answer = await _plain.ReserveAsync(isPlain ? demands : asking, Token);
        Assert.Equal(await _other.ReserveAsync(asking, Token), answer);
        return answer;
    }

    public async Task PeekAsync(CounterDemand[] demands) =>
        Assert.Equal(await _other.PeekAsync(demands, Token), await _plain.PeekAsync(demands, Token));

    public async Task RefundAsync(CounterReservation reservation, CounterDemand[] demands)
    {
        await _plain.RefundAsync(reservation, demands, Token);
        await _other.RefundAsync(reservation, demands, Token);
    }

    /// <summary>Takes the history away and leaves the counters.</summary>
    public async Task ForgetAsync()
    {
        foreach (bool isPlain in (bool[])[true, false])
        {
            Assert.True(await _connection.GetDatabase().KeyDeleteAsync($"{{{Prefix(isPlain)}}}:epoch"));
        }
    }

    /// <summary>Both hold the same, but for what has left a window.</summary>
    public async Task AssertSameAsync()
    {
        foreach ((string key, TimeSpan window) in _windows)
        {
            (RedisKey plain, RedisKey other) = (Key(key, isPlain: true), Key(key, isPlain: false));
            IDatabase database = _connection.GetDatabase();
            RedisType type = await database.KeyTypeAsync(other);
            Assert.Equal(type, await database.KeyTypeAsync(plain));
            if (type == RedisType.None)
            {
                continue;
            }

            Assert.Equal(await database.KeyTimeToLiveAsync(other) is null, await database.KeyTimeToLiveAsync(plain) is null);
            Func<RedisKey, Task<string[]>> read = type == RedisType.List
                ? async one => Within(await database.ListRangeAsync(one), Micros.Of(window))
                : async one => [.. (await database.HashGetAllAsync(one)).Select(static entry => entry.ToString()).Order(StringComparer.Ordinal)];
            Assert.Equal(await read(other), await read(plain));
        }
    }

    /// <summary>How many admissions are kept for a demand where it is asked plainly.</summary>
    public Task<long> LengthAsync(in CounterDemand demand) => _connection.GetDatabase().ListLengthAsync(Key(SharedKey.Of(demand), isPlain: true));

    public void Dispose()
    {
        _plain.Dispose();
        _other.Dispose();
        _connection.Dispose();
    }

    /// <summary>The admissions that had not left when the newest came, and what they come to.</summary>
    private static string[] Within(RedisValue[] admissions, long window)
    {
        long[][] all = [.. admissions.Select(static one => one.ToString().Split(' ').Select(long.Parse).ToArray())];
        int gone = all.TakeWhile(one => all[^1][1] - one[1] >= window).Count();
        long total = all[^1][3] - all.Take(gone).Sum(static one => one[2]);
        return [.. all.Skip(gone).Select(static one => $"{one[0]} {one[1]} {one[2]}"), total.ToString(System.Globalization.CultureInfo.InvariantCulture)];
    }

    private string Prefix(bool isPlain) => _prefix + (isPlain ? " plain" : " other");

    private string Key(string key, bool isPlain) => $"{{{Prefix(isPlain)}}}:{key}";
}
