using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Sdk.Redis.Server;
using PolicyLayer.SharedStores.Tests.Support;
using PolicyLayer.Testing;
using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

public sealed class RedisFaultTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private readonly CounterDemand _demand = Ask.Demand(Ask.Limit(5), Guid.NewGuid().ToString());

    private string Configuration => fixture.Server.PatientConfiguration;

    [Fact]
    public async Task Killed_server_admits_nothing_while_it_is_out_and_never_more_than_the_maximum()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisCounterStore(server.Configuration);
        await HostFaults.KilledServerAsync(server, "redis=" + server.Configuration, store);
    }

    [Fact]
    public async Task Server_that_comes_back_serves_the_first_that_asks()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisCounterStore(server.Configuration);
        await HostFaults.ReturnedServerAsync(server, store);
    }

    [Fact]
    public async Task Two_hosts_admit_exactly_the_maximum()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisCounterStore(server.Configuration);
        await HostFaults.TwoHostsAdmitTheMaximumAsync("redis=" + server.Configuration, store);
    }

    [Fact]
    public async Task Killed_host_gives_its_place_back_and_nothing_else()
    {
        using var now = new RedisCounterStore(Configuration);
        using var later = new RedisCounterStore(fixture.Link(), null, TimeProvider.System, new ShiftedClock(TimeSpan.FromSeconds(61)), HostLeases.DefaultLength);
        await HostFaults.KilledHostAsync("redis=" + Configuration, now, later);
    }

    [Fact]
    public async Task Reservation_whose_answer_is_lost_is_denied_and_spent_once()
    {
        using var relay = new Relay(fixture.Server.Port);
        using var store = new RedisCounterStore($"127.0.0.1:{relay.Port},connectTimeout=30000", new RedisCounterStoreOptions { KeyPrefix = "lost" });
        await HostFaults.LostAnswerAsync(relay, store);
    }

    [Fact]
    public async Task Reservation_of_several_limits_is_one_script()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisCounterStore(server.PatientConfiguration);
        CounterDemand[] demands = [.. Enum.GetValues<LimitAlgorithm>().Select(static algorithm => Ask.Demand(Ask.Limit(5, algorithm), algorithm.ToString()))];
        Assert.True(await store.AdmitsAsync(demands));
        await server.AdminAsync("CONFIG", "RESETSTAT");
        Assert.True(await store.AdmitsAsync(demands));
        Assert.Equal(["cmdstat_evalsha:calls=1"], await ScriptsAsync(server));
    }

    [Fact]
    public async Task Clocks_of_hosts_say_nothing()
    {
        using var early = new RedisCounterStore(Configuration, time: new ShiftedClock(TimeSpan.FromSeconds(-30)));
        using var late = new RedisCounterStore(Configuration, time: new ShiftedClock(TimeSpan.FromDays(30)));
        Assert.True(await early.AdmitsAsync(_demand));
        Assert.Equal(4, await late.DrainAsync(_demand));
        Assert.False(await early.AdmitsAsync(_demand));
    }

    [Fact]
    public async Task Server_that_lost_its_scripts_gets_them_again()
    {
        using var store = new RedisCounterStore(Configuration);
        Assert.True(await store.AdmitsAsync(_demand));
        await fixture.Server.AdminAsync("SCRIPT", "FLUSH");
        Assert.Equal(4, await store.DrainAsync(_demand));
    }

    [Fact]
    public async Task Store_that_was_up_when_all_counters_went_denies_until_the_windows_have_passed()
    {
        await using RedisServer server = await RedisServer.CreateAsync(isForgetful: true);
        var options = new RedisCounterStoreOptions { AllowForgetfulServer = true };
        var clock = new ManualTimeProvider();
        using var store = Open(server, options, clock);
        CounterLimit[] limits =
        [
            Ask.Limit(5, window: TimeSpan.FromMinutes(1)),
            Ask.Limit(5, LimitAlgorithm.Fixed, TimeSpan.FromHours(1)),
            Ask.Limit(5, LimitAlgorithm.TokenBucket, TimeSpan.FromMinutes(5)),
            Ask.Limit(5, LimitAlgorithm.Concurrent),
        ];
        CounterDemand[] demands = [.. limits.Select(static limit => Ask.Demand(limit, limit.Algorithm.ToString()))];
        Assert.True(await store.AdmitsAsync(demands));
        await server.KillAsync();
        await server.StartAsync();
        foreach (CounterDemand demand in demands)
        {
            CounterReservation answer = await UntilAnsweredAsync(store, demand);
            Assert.False(answer.IsReserved, demand.Limit.Algorithm.ToString());
            Assert.Equal(0, answer.Remaining);
            Assert.InRange(answer.RetryAfter!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromHours(1));
        }

        // One that starts only now learns it from the server.
        using var fresh = Open(server, options, clock);
        Assert.False(await fresh.AdmitsAsync(demands[0]));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((5, 5, 1), (await store.DrainAsync(demands[0]), await fresh.DrainAsync(demands[3]), await fresh.DrainAsync(demands[2])));
        Assert.False(await store.AdmitsAsync(demands[1]));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, await store.DrainAsync(demands[1]));
    }

    [Fact]
    public async Task Store_that_starts_on_an_empty_server_finds_its_limits_unused()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisCounterStore(server.Configuration);
        Assert.Equal(5, await store.DrainAsync(_demand));
    }

    [Fact]
    public async Task Forgetful_server_is_refused_unless_the_host_accepts_it()
    {
        await using RedisServer server = await RedisServer.CreateAsync(isForgetful: true);
        using var strict = new RedisCounterStore(server.Configuration);
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => strict.AdmitsAsync(_demand));
        Assert.Contains("appendonly yes", e.Message, StringComparison.Ordinal);
        await server.AdminAsync("CONFIG", "SET", "appendonly", "yes");
        e = await Assert.ThrowsAsync<CounterStoreException>(() => strict.AdmitsAsync(_demand));
        Assert.Contains("appendfsync always", e.Message, StringComparison.Ordinal);
        await server.AdminAsync("CONFIG", "SET", "appendfsync", "always");
        await server.AdminAsync("CONFIG", "SET", "no-appendfsync-on-rewrite", "yes");
        e = await Assert.ThrowsAsync<CounterStoreException>(() => strict.AdmitsAsync(_demand));
        Assert.Contains("no-appendfsync-on-rewrite no", e.Message, StringComparison.Ordinal);
        await server.AdminAsync("CONFIG", "SET", "no-appendfsync-on-rewrite", "no");
        Assert.True(await strict.AdmitsAsync(_demand));

        await server.AdminAsync("CONFIG", "SET", "maxmemory", "100mb");
        await server.AdminAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        using var other = new RedisCounterStore(server.Configuration);
        Assert.Contains("noeviction", (await Assert.ThrowsAsync<CounterStoreException>(() => other.AdmitsAsync(_demand))).Message, StringComparison.Ordinal);
        using var accepting = new RedisCounterStore(server.Configuration, new RedisCounterStoreOptions { AllowForgetfulServer = true });
        Assert.Equal(4, await accepting.DrainAsync(_demand));
    }

    [Fact]
    public async Task Server_whose_memory_is_full_denies_even_where_calls_may_run_uncounted()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisCounterStore(server.Configuration);
        Assert.True(await store.AdmitsAsync(_demand));
        await server.AdminAsync("CONFIG", "SET", "maxmemory", "1");
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(_demand));
        Assert.True(e.IsFull, e.ToString());
        await server.AdminAsync("CONFIG", "SET", "maxmemory", "0");
        Assert.Equal(4, await store.DrainAsync(_demand));
    }

    [Fact]
    public async Task Server_that_hangs_denies_in_time()
    {
        await using RedisServer server = await RedisServer.CreateAsync();
        using var store = new RedisCounterStore(server.Configuration);
        Assert.True(await store.AdmitsAsync(_demand));
        const string Policy = """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 3 }] } } }""";
        await using ServiceProvider host = new ServiceCollection().AddToolPolicies(o => o.AddPolicy(ToolPolicy.Parse(Policy))).UseCounterStore(store).Services.BuildServiceProvider();
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        await server.AdminAsync("CLIENT", "PAUSE", "600000");
        Assert.Equal(DecisionReason.StoreUnavailable, (await guard.AuthorizeAsync(new ToolCall(Grant.Default, "t"), TestContext.Current.CancellationToken)).Reason);
    }

    [Fact]
    public void Configuration_is_checked_and_never_quoted()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new RedisCounterStore("password=secret"));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RedisCounterStoreOptions { KeyPrefix = "a{b}" });
        Assert.Equal((1_000, 3_000), (ConfigurationText.Read("redis").ConnectTimeout, ConfigurationText.Read("redis,connectTimeout=3000").ConnectTimeout));
    }

    private static RedisCounterStore Open(RedisServer server, RedisCounterStoreOptions options, ManualTimeProvider clock) => new(
        new Link(ConfigurationText.Read(server.Configuration)), options, clock, serverClock: clock, HostLeases.DefaultLength);

    /// <summary>The connection that the kill has cut is made again by one of the first who ask.</summary>
    private static async Task<CounterReservation> UntilAnsweredAsync(RedisCounterStore store, CounterDemand demand)
    {
        while (true)
        {
            try
            {
                return await store.ReserveAsync(new[] { demand }, TestContext.Current.CancellationToken);
            }
            catch (CounterStoreException)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>How the server was asked to run scripts, and how often.</summary>
    private static async Task<string[]> ScriptsAsync(RedisServer server)
    {
        string statistics = (string)(await server.AdminAsync("INFO", "commandstats"))!;
        return [.. statistics.Split('\n').Where(static line => line.StartsWith("cmdstat_eval", StringComparison.Ordinal)).Select(static line => line.Split(',')[0])];
    }
}
