using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Counting.Pending;

/// <summary>A host's own rate limiter is one more limit.</summary>
public sealed class HostLimiterTests
{
    private const string Policy = """
        { "version": "1", "default": "deny", "tools": { "free": {}, "one": { "limits": [{ "counter": "o", "concurrent": 1 }] }, "counted": { "limits": [{ "counter": "c", "window": "day", "max": 5, "refund": "never" }] } } }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("free")]
    [InlineData("counted")]
    public async Task Lease_is_held_until_the_call_is_settled(string tool)
    {
        using PartitionedRateLimiter<ToolCall> limiter = AtOnce(1);
        await using ServiceProvider host = Host(builder => builder.AddRateLimiter("mine", limiter));
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        ToolDecision first = await AuthorizeAsync(guard, tool);
        ToolDecision second = await AuthorizeAsync(guard, tool);
        Assert.True(first.IsAllowed);
        Assert.Equal((DecisionReason.LimitExceeded, "(rate limiter mine)"), (second.Reason, second.Rule));
        await guard.CompleteAsync(first, ToolOutcome.Ok, Token);
        await guard.CompleteAsync(first, ToolOutcome.Ok, Token);
        Assert.True((await AuthorizeAsync(guard, tool)).IsAllowed);
        Assert.False((await AuthorizeAsync(guard, tool)).IsAllowed);
    }

    [Fact]
    public async Task Call_that_it_refuses_charges_no_limit_of_the_policy()
    {
        using PartitionedRateLimiter<ToolCall> limiter = AtOnce(1);
        await using ServiceProvider host = Host(builder => builder.AddRateLimiter("mine", limiter));
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        ToolDecision held = await AuthorizeAsync(guard, "free");
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("(rate limiter mine)", (await AuthorizeAsync(guard, "counted")).Rule);
        }

        await guard.CompleteAsync(held, ToolOutcome.Ok, Token);
        for (int i = 0; i < 5; i++)
        {
            ToolDecision decision = await AuthorizeAsync(guard, "counted");
            Assert.True(decision.IsAllowed);
            await guard.CompleteAsync(decision, ToolOutcome.Ok, Token);
        }

        Assert.Equal("/tools/counted/limits/c", (await AuthorizeAsync(guard, "counted")).Rule);
    }

    [Fact]
    public async Task Call_that_the_policy_refuses_never_reaches_it()
    {
        int asked = 0;
        using PartitionedRateLimiter<ToolCall> limiter = PartitionedRateLimiter.Create<ToolCall, string>(call =>
        {
            asked++;
            return RateLimitPartition.GetNoLimiter(call.Tool);
        });
        await using ServiceProvider host = Host(builder => builder.AddRateLimiter("mine", limiter));
        Assert.False((await AuthorizeAsync(host.GetRequiredService<ToolGuard>(), "other")).IsAllowed);
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task It_partitions_by_the_call_and_says_when_to_try_again()
    {
        using PartitionedRateLimiter<ToolCall> limiter = PartitionedRateLimiter.Create<ToolCall, string>(static call => RateLimitPartition.GetFixedWindowLimiter(
            call.Grant!.Id, static _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromHours(1), AutoReplenishment = false }));
        await using ServiceProvider host = Host(builder => builder.AddRateLimiter("mine", limiter));
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        Assert.True((await AuthorizeAsync(guard, "free", "a")).IsAllowed);
        Assert.True((await AuthorizeAsync(guard, "free", "b")).IsAllowed);
        ToolDecision refused = await AuthorizeAsync(guard, "free", "a");
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Assert.StartsWith("A limit is spent. Try again in ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_all_hold_and_what_the_first_gave_goes_back_when_the_second_refuses()
    {
        using PartitionedRateLimiter<ToolCall> wide = AtOnce(2);
        using PartitionedRateLimiter<ToolCall> narrow = AtOnce(1);
        await using ServiceProvider host = Host(builder => builder.AddRateLimiter("wide", wide).AddRateLimiter("narrow", narrow));
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        Assert.True((await AuthorizeAsync(guard, "free")).IsAllowed);
        Assert.Equal("(rate limiter narrow)", (await AuthorizeAsync(guard, "free")).Rule);
        Assert.Equal(1, wide.GetStatistics(new ToolCall(Grant.Default, "free"))!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task Limiter_that_throws_denies_and_gives_back()
    {
        bool throws = true;
        using PartitionedRateLimiter<ToolCall> limiter = PartitionedRateLimiter.Create<ToolCall, string>(call => throws ? throw new InvalidOperationException("secret") : RateLimitPartition.GetNoLimiter(call.Tool));
        var logger = new RecordingLogger();
        await using ServiceProvider host = Host(builder =>
        {
            builder.AddRateLimiter("mine", limiter);
            builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILogger<ToolGuard>>(logger);
        });
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(DecisionReason.EvaluationError, (await AuthorizeAsync(guard, "counted")).Reason);
        }

        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("rate limiter", StringComparison.Ordinal));
        Assert.DoesNotContain(logger.Entries, static entry => entry.Text.Contains("secret", StringComparison.Ordinal));
        throws = false;
        Assert.True((await AuthorizeAsync(guard, "counted")).IsAllowed);
    }

    [Fact]
    public async Task Lease_that_cannot_be_given_back_holds_nothing_else()
    {
        using PartitionedRateLimiter<ToolCall> broken = PartitionedRateLimiter.Create<ToolCall, string>(static _ => RateLimitPartition.Get("all", static _ => new KeepingLimiter()));
        using PartitionedRateLimiter<ToolCall> limiter = AtOnce(1);
        await using ServiceProvider host = Host(builder => builder.AddRateLimiter("broken", broken).AddRateLimiter("mine", limiter));
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        for (int i = 0; i < 3; i++)
        {
            ToolDecision decision = await AuthorizeAsync(guard, "one");
            Assert.Equal((true, null), (decision.IsAllowed, decision.Rule));
            await guard.CompleteAsync(decision, ToolOutcome.Ok, Token);
        }
    }

    [Fact]
    public async Task It_holds_where_the_counters_do_not_answer()
    {
        using PartitionedRateLimiter<ToolCall> limiter = AtOnce(1);
        await using ServiceProvider host = Host(
            builder => builder.AddRateLimiter("mine", limiter).UseCounterStore(new FailingStore(static _ => throw new CounterStoreException())), static options => options.AllowWhenStoreUnavailable = true);
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        ToolDecision first = await AuthorizeAsync(guard, "counted");
        Assert.Equal(DecisionReason.AllowedUncounted, first.Reason);
        Assert.Equal("(rate limiter mine)", (await AuthorizeAsync(guard, "counted")).Rule);
        await guard.CompleteAsync(first, ToolOutcome.Ok, Token);
        Assert.True((await AuthorizeAsync(guard, "counted")).IsAllowed);
    }

    // A tool that does not exist is refused there, so a hidden one must be, too; but the limiter gives it nothing.
    [Theory]
    [InlineData("")]
    [InlineData(""" , "all_tools": { "limits": [{ "counter": "c", "window": "day", "max": 9 }] } """)]
    public async Task Hidden_tool_looks_like_one_that_does_not_exist(string rules)
    {
        using PartitionedRateLimiter<ToolCall> limiter = PartitionedRateLimiter.Create<ToolCall, string>(static _ => RateLimitPartition.GetFixedWindowLimiter(
            "all", static _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromHours(1), AutoReplenishment = false }));
        await using ServiceProvider host = Host(
            builder => builder.AddRateLimiter("mine", limiter), policy: $$"""{ "version": "1", "default": "allow", "hide": ["secret"]{{rules}} }""");
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        Assert.True((await AuthorizeAsync(guard, "secret")).AnswerAsUnknownTool);
        Assert.True((await AuthorizeAsync(guard, "secret")).AnswerAsUnknownTool);
        Assert.True((await AuthorizeAsync(guard, "unknown")).IsAllowed);
        ToolDecision hidden = await AuthorizeAsync(guard, "secret");
        ToolDecision unknown = await AuthorizeAsync(guard, "unknown");
        Assert.Equal((DecisionReason.Hidden, false, "(rate limiter mine)"), (hidden.Reason, hidden.AnswerAsUnknownTool, unknown.Rule));
        Assert.Equal((unknown.Reason, unknown.Rule, unknown.RetryAfter.HasValue), (hidden.ForCaller().Reason, hidden.ForCaller().Rule, hidden.ForCaller().RetryAfter.HasValue));
    }

    [Fact]
    public async Task Hidden_tool_looks_like_one_that_does_not_exist_where_it_throws()
    {
        using PartitionedRateLimiter<ToolCall> limiter = PartitionedRateLimiter.Create<ToolCall, string>(static _ => throw new InvalidOperationException());
        await using ServiceProvider host = Host(
            builder => builder.AddRateLimiter("mine", limiter), policy: """{ "version": "1", "default": "allow", "hide": ["secret"] }""");
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        ToolDecision hidden = await AuthorizeAsync(guard, "secret");
        ToolDecision unknown = await AuthorizeAsync(guard, "unknown");
        Assert.Equal((DecisionReason.Hidden, false), (hidden.Reason, hidden.AnswerAsUnknownTool));
        Assert.Equal((unknown.Reason, unknown.Rule), (hidden.ForCaller().Reason, hidden.ForCaller().Rule));
    }

    [Fact]
    public void Null_arguments_throw()
    {
        using PartitionedRateLimiter<ToolCall> limiter = AtOnce(1);
        ToolPolicyBuilder builder = new ServiceCollection().AddToolPolicies(static _ => { });
        Assert.Throws<ArgumentException>(() => builder.AddRateLimiter(" ", limiter));
        Assert.Throws<ArgumentNullException>(() => builder.AddRateLimiter("a", null!));
    }

    private static PartitionedRateLimiter<ToolCall> AtOnce(int permits) => PartitionedRateLimiter.Create<ToolCall, string>(_ => RateLimitPartition.GetConcurrencyLimiter(
        "all", _ => new ConcurrencyLimiterOptions { PermitLimit = permits }));

    private static ServiceProvider Host(Action<ToolPolicyBuilder> configure, Action<ToolPolicyOptions>? options = null, string policy = Policy)
    {
        ToolPolicyBuilder builder = new ServiceCollection().AddToolPolicies(o =>
        {
            o.AddPolicy(ToolPolicy.Parse(policy));
            options?.Invoke(o);
        });
        configure(builder);
        return builder.Services.BuildServiceProvider();
    }

    private static ValueTask<ToolDecision> AuthorizeAsync(ToolGuard guard, string tool, string grant = "g") => guard.AuthorizeAsync(new ToolCall(new Grant(grant), tool), Token);

    /// <summary>Takes nothing back.</summary>
    private sealed class KeepingLimiter : RateLimiter
    {
        public override TimeSpan? IdleDuration => null;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease();

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(new Lease());

        private sealed class Lease : RateLimitLease
        {
            public override bool IsAcquired => true;

            public override IEnumerable<string> MetadataNames => [];

            public override bool TryGetMetadata(string metadataName, out object? metadata)
            {
                metadata = null;
                return false;
            }

            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                throw new InvalidOperationException();
            }
        }
    }
}
