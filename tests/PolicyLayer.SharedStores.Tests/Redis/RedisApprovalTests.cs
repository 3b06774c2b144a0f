using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Testing;
using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

public sealed class RedisApprovalTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly StoredApproval _asked = RedisApprovals.New();

    private string Configuration => fixture.Server.PatientConfiguration;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_stores_share_one_approval()
    {
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.AdminConfiguration);
        using var one = new RedisApprovalStore(Configuration);
        using var other = new RedisApprovalStore(connection);
        Assert.Equal(ApprovalStatus.Pending, await one.StatusAsync(_asked));
        Assert.Equal(ApprovalStatus.Approved, await other.AnsweredAsync(_asked));
        Assert.Equal((ApprovalStatus.Approved, ApprovalStatus.Pending), (await one.StatusAsync(_asked.Again()), await other.StatusAsync(_asked.Again())));
        Assert.Equal(ApprovalStatus.Used, await other.FoundAsync(_asked));
    }

    [Fact]
    public async Task Prefix_keeps_two_stores_apart()
    {
        using var one = new RedisApprovalStore(Configuration, new RedisCounterStoreOptions { KeyPrefix = "one" });
        using var other = new RedisApprovalStore(Configuration, new RedisCounterStoreOptions { KeyPrefix = "other" });
        await one.StatusAsync(_asked);
        Assert.Null(await other.AnsweredAsync(_asked));
        Assert.Empty(await other.ListAsync(Token));
        await other.StatusAsync(_asked);
        await other.AnsweredAsync(_asked);
        Assert.Equal(ApprovalStatus.Pending, await one.StatusAsync(_asked.Again()));
    }

    [Fact]
    public async Task No_key_is_kept_for_ever_and_none_goes_before_the_last_approval()
    {
        using var store = new RedisApprovalStore(Configuration, new RedisCounterStoreOptions { KeyPrefix = "lives" });
        StoredApproval later = RedisApprovals.New(TimeSpan.FromDays(10));
        await store.StatusAsync(_asked);
        await AssertLivesAsync(TimeSpan.FromHours(1));
        await store.StatusAsync(later);
        await AssertLivesAsync(TimeSpan.FromDays(10));
        await store.AnsweredAsync(_asked);
        await store.AnsweredAsync(later, isApproved: false);
        await store.StatusAsync(_asked.Again());
        await AssertLivesAsync(TimeSpan.FromDays(10));

        async Task AssertLivesAsync(TimeSpan least)
        {
            IReadOnlyDictionary<string, TimeSpan?> lives = await fixture.Server.LivesAsync("*lives*");
            Assert.Equal(["{lives}:approvals", "{lives}:approvals:ends"], lives.Keys.Order());
            Assert.All(lives.Values, life => Assert.InRange(Assert.NotNull(life), least, least + TimeSpan.FromMinutes(1)));
        }
    }

    [Fact]
    public async Task What_has_expired_is_taken_out_by_the_next_question()
    {
        var clock = new ManualTimeProvider();
        using var store = new RedisApprovalStore(fixture.Link(), new RedisCounterStoreOptions { KeyPrefix = "cleaned" }, clock);
        StoredApproval used = RedisApprovals.New();
        foreach (StoredApproval one in new[] { _asked, used })
        {
            await store.StatusAsync(one);
        }

        await store.AnsweredAsync(used);
        await store.StatusAsync(used.Again());
        clock.Advance(_asked.Lifetime - Moment);
        StoredApproval next = used.Again();
        await store.StatusAsync(next);
        clock.Advance(Moment);
        Assert.Null(await store.AnsweredAsync(_asked));

        // The name of the one that is left stays bound to its call, although another of the same call has gone.
        Assert.Equal(["asked:" + next.Id, "call:" + next.Fingerprint, "details:" + next.Id, "fingerprint:" + next.Id, "grant:" + next.Id, "lifetime:" + next.Id, "status:" + next.Id], await FieldsAsync());
        Assert.Equal(next.Id, (await store.AskAsync(used.Again(), Token)).Id);
        clock.Advance(next.Lifetime);
        Assert.Null(await store.AnsweredAsync(next));
        Assert.Empty(await fixture.Server.LivesAsync("*cleaned*"));

        async Task<IEnumerable<string>> FieldsAsync() =>
            ((string[])(await fixture.Server.AdminAsync("HKEYS", "{cleaned}:approvals"))!).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Name_that_another_call_has_is_refused()
    {
        using var store = new RedisApprovalStore(Configuration);
        await store.StatusAsync(_asked);
        await Assert.ThrowsAsync<CounterStoreException>(() => store.StatusAsync(RedisApprovals.New() with { Id = _asked.Id }));
        Assert.Equal(_asked.Fingerprint, (await store.FindAsync(_asked.Id, Token))?.Fingerprint);
    }

    [Fact]
    public async Task Lifetime_that_cannot_be_counted_is_refused()
    {
        using var store = new RedisApprovalStore(Configuration);
        await Assert.ThrowsAsync<CounterStoreException>(() => store.StatusAsync(RedisApprovals.New(TimeSpan.MaxValue)));
        StoredApproval longest = RedisApprovals.New(TimeSpan.FromMicroseconds(1L << 52));
        StoredApproval kept = await store.AskAsync(longest, Token);
        Assert.Equal(longest.Lifetime, kept.ExpiresAt - kept.AskedAt);
        Assert.Equal(kept.ExpiresAt, (await store.FindAsync(longest.Id, Token))?.ExpiresAt);
    }

    [Fact]
    public async Task Call_of_a_host_waits_and_runs_once_when_it_is_approved()
    {
        const string Policy = """{ "version": "1", "default": "deny", "tools": { "pay": { "require_approval": [{ "conditions": [{ "path": "args.amount", "op": "gt", "value": 100 }] }] } } }""";
        await using ServiceProvider host = new ServiceCollection().AddToolPolicies(o =>
        {
            o.StoreTimeout = TimeSpan.FromMinutes(1);
            o.AddPolicy(ToolPolicy.Parse(Policy));
        }).UseRedisApprovals(Configuration, new RedisCounterStoreOptions { KeyPrefix = "host" }).Services.BuildServiceProvider();
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.AdminConfiguration);
        await using ServiceProvider elsewhere = new ServiceCollection().AddToolPolicies(o => o.AddPolicy(ToolPolicy.Parse(Policy)))
            .UseRedisApprovals(_ => connection, new RedisCounterStoreOptions { KeyPrefix = "host" }).Services.BuildServiceProvider();
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        Assert.Equal(DecisionReason.ApprovalRequired, await ReasonAsync());
        StoredApproval waiting = Assert.Single(await elsewhere.GetRequiredService<IApprovalStore>().ListAsync(Token));
        await elsewhere.GetRequiredService<IApprovalStore>().AnswerAsync(waiting.Id, isApproved: true, "somebody", Token);
        Assert.Equal((DecisionReason.Approved, DecisionReason.ApprovalRequired), (await ReasonAsync(), await ReasonAsync()));

        async Task<DecisionReason> ReasonAsync()
        {
            var call = new ToolCall(Grant.Default, "pay", System.Text.Json.JsonElement.Parse("""{ "amount": 101 }"""));
            return (await guard.AuthorizeAsync(call, Token)).Reason;
        }
    }

    [Fact]
    public void Configuration_is_checked_and_never_quoted()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new RedisApprovalStore("password=secret"));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddToolPolicies(static _ => { }).UseRedisApprovals("password=secret"));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }
}
