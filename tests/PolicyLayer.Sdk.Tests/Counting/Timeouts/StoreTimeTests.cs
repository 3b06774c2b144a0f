using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Counting.Timeouts;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Counting.Timeouts;

/// <summary>A store that does not answer denies, in its time; what it reserves later is given back; only an option lets calls pass, and says so.</summary>
public sealed class StoreTimeTests
{
    private const string Limited = """{ "t": { "limits": [{ "counter": "c", "window": "minute", "max": 1, "scope": "grant" }] } }""";

    private const string Asked = """
        { "t": { "limits": [{ "counter": "c", "window": "minute", "max": 1, "scope": "grant" }], "require_approval": [{ "name": "ask", "conditions": [] }] } }
        """;

    private static readonly StoreRules Uncounted = new(TimeSpan.FromSeconds(1), AllowsUncounted: true);

    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CalendarUnit.FromEpoch)]
    [InlineData(CalendarUnit.Week)]
    [InlineData(CalendarUnit.Month)]
    public void Calendar_window_is_one_at_both_ends_of_the_calendar(CalendarUnit unit)
    {
        foreach (DateTimeOffset end in new[] { DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
        {
            var time = new ManualTimeProvider();
            time.SetUtcNow(end);
            var store = new MemoryCounterStore(time);
            CounterDemand demand = Demands.Of("c", CounterLimit.Create(LimitAlgorithm.Fixed, 1, TimeSpan.FromDays(5), unit));
            Assert.True(store.Reserve(demand).IsReserved);
            CounterReservation refused = store.Reserve(demand);
            Assert.False(refused.IsReserved);
            Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromTicks(1), TimeSpan.FromDays(31));
            Assert.InRange(end, demand.Limit.WindowStart(end), demand.Limit.WindowEnd(demand.Limit.WindowStart(end)));
        }
    }

    [Fact]
    public void Clock_below_zero_runs_on_behind_a_limit_that_does_not_read_it()
    {
        var time = new ManualTimeProvider();
        time.AdvanceTicks(-time.GetTimestamp() - TimeSpan.FromDays(1).Ticks);
        var store = new MemoryCounterStore(time);
        Assert.True(store.Reserve(Demands.Of("calendar", CounterLimit.Create(LimitAlgorithm.Fixed, 1, TimeSpan.FromDays(1)))).IsReserved);
        CounterDemand sliding = Demands.Of("sliding", Demands.Limit(1));
        Assert.True(store.Reserve(sliding).IsReserved);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(store.Reserve(sliding).IsReserved);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3_579_545)]
    [InlineData(TimeSpan.TicksPerSecond)]
    [InlineData(1_000_000_000)]
    public void Wait_for_the_largest_bucket_of_the_slowest_refill_is_as_long_as_can_be_said(long ticksPerSecond)
    {
        const decimal Burst = 1_000_000_000_000;
        for (int days = 1; days <= 366; days++)
        {
            var store = new MemoryCounterStore(new ManualTimeProvider(ticksPerSecond));
            CounterDemand all = Demands.Of("c", CounterLimit.Create(LimitAlgorithm.TokenBucket, 0.000001m, TimeSpan.FromDays(days), burst: Burst)) with { Amount = Burst };
            Assert.True(store.Reserve(all).IsReserved);
            Assert.Equal(CounterReservation.Refused(0, 0, TimeSpan.MaxValue), store.Reserve(all));
        }
    }

    [Fact]
    public async Task Authorize_store_that_hangs_is_denied_at_its_time()
    {
        var store = new SlowStore();
        ValueTask<ToolDecision> deciding = Guard(store).AuthorizeAsync(Judging.Call("t"), Token);
        await store.Asked;
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(deciding.IsCompleted);
        Assert.False(store.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(DecisionReason.StoreUnavailable, (await deciding).Reason);
        Assert.True(store.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task Authorize_late_answer_is_given_back()
    {
        var store = new SlowStore();
        ValueTask<ToolDecision> deciding = Guard(store).AuthorizeAsync(Judging.Call("t"), Token);
        await store.Asked;
        _time.Advance(TimeSpan.FromSeconds(1));
        await deciding;
        var reservation = CounterReservation.Reserved(Guid.NewGuid(), stamp: 7);
        store.Answer(reservation);
        (CounterReservation refunded, CounterDemand[] demands) = await store.Refunded;
        Assert.Equal(reservation, refunded);
        Assert.Equal("c", Assert.Single(demands).Key.Counter);
    }

    [Fact]
    public async Task Authorize_caller_that_gives_up_waits_for_no_store_and_keeps_nothing()
    {
        var store = new SlowStore();
        using var source = new CancellationTokenSource();
        ValueTask<ToolDecision> deciding = Guard(store).AuthorizeAsync(Judging.Call("t"), source.Token);
        await store.Asked;
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await deciding);
        store.Answer(CounterReservation.Reserved(Guid.NewGuid()));
        await store.Refunded;
    }

    [Fact]
    public async Task Authorize_peek_that_hangs_is_denied_and_nobody_is_asked()
    {
        var store = new SlowStore();
        ValueTask<ToolDecision> deciding = Guard(store, policy: Asked).AuthorizeAsync(Judging.Call("t"), Token);
        await store.Asked;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DecisionReason.StoreUnavailable, (await deciding).Reason);
    }

    [Fact]
    public async Task Complete_refund_that_hangs_ends_at_its_time_and_is_logged()
    {
        var logger = new RecordingLogger();
        var store = new SlowStore { HoldsRefunds = true };
        store.Answer(CounterReservation.Reserved());
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], _time, counters: store, logger: logger);
        ToolDecision decision = await guard.AuthorizeAsync(Judging.Call("t"), Token);
        ValueTask settling = guard.CompleteAsync(decision, ToolOutcome.NotRun, Token);
        await store.Refunded;
        _time.Advance(TimeSpan.FromSeconds(1));
        await settling;
        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("could not be settled", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Authorize_refusal_of_a_demand_that_was_not_made_is_no_answer(int index) =>
        Assert.Equal(DecisionReason.StoreUnavailable, Guard(new FailingStore(_ => new(CounterReservation.Refused(index, 0, null)))).Decide("t").Reason);

    // What waits for a deadline hangs on the caller's token, which may live as long as the process.
    [Fact]
    public void Store_that_throws_at_once_leaves_no_deadline_behind()
    {
        bool throws = true;
        var store = new FailingStore(_ => throws ? throw new IOException() : new(CounterReservation.Reserved()), static () => throw new IOException());
        ToolGuard guard = Guard(store);
        Assert.Equal(DecisionReason.StoreUnavailable, guard.Decide("t").Reason);
        throws = false;
        guard.Complete(guard.Decide("t"), ToolOutcome.NotRun);
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public void Authorize_answer_that_nobody_gave_denies() => Assert.Equal(DecisionReason.LimitExceeded, Guard(new FailingStore(static _ => default)).Decide("t").Reason);

    [Fact]
    public void Authorize_where_the_host_asks_for_it_is_allowed_uncounted_and_says_so()
    {
        var logger = new RecordingLogger();
        var sink = new RecordingSink();
        int refunds = 0;
        var store = new FailingStore(static _ => throw new IOException(), () => { refunds++; return default; });
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], sinks: [sink], counters: store, logger: logger, store: Uncounted);
        ToolDecision decision = guard.Decide("t");
        Assert.Equal((true, DecisionReason.AllowedUncounted, "store_unavailable"), (decision.IsAllowed, decision.Reason, decision.ReasonCode));
        guard.Complete(decision, ToolOutcome.NotRun);
        Assert.Equal(0, refunds);
        Assert.Contains("\"decision\":\"allow\",\"reason\":\"store_unavailable\"", sink.Lines[0], StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"not_run\"", sink.Lines[1], StringComparison.Ordinal);
        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("Allowed without being counted", StringComparison.Ordinal));
    }

    [Fact]
    public void Authorize_where_the_host_asks_for_it_a_person_is_still_asked()
    {
        var store = new FailingStore(static _ => throw new IOException());
        Assert.Equal(DecisionReason.ApprovalRequired, Judging.Guard([Judging.Tools(Asked)], counters: store, store: Uncounted).Decide("t").Reason);
    }

    // A store may still read what it was asked when its time is over.
    [Fact]
    public async Task Authorize_what_a_store_did_not_answer_about_is_left_to_it()
    {
        var store = new SlowStore();
        ToolGuard guard = Judging.Guard([Judging.Tools(Asked)], _time, counters: store, store: Uncounted);
        ValueTask<ToolDecision> deciding = guard.AuthorizeAsync(Judging.Call("t"), Token);
        await store.Asked;
        CounterDemand asked = Assert.Single(store.Demands.ToArray());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DecisionReason.ApprovalRequired, (await deciding).Reason);
        Assert.Equal(asked, Assert.Single(store.Demands.ToArray()));
    }

    [Fact]
    public void Authorize_where_the_host_asks_for_it_a_full_store_still_denies()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], counters: new MemoryCounterStore(_time, maxCounters: 1), store: Uncounted);
        Assert.True(guard.Decide("t", grant: new Grant("a")).IsAllowed);
        Assert.Equal(DecisionReason.StoreUnavailable, guard.Decide("t", grant: new Grant("b")).Reason);
    }

    [Theory]
    [InlineData("not_run", ToolOutcome.Cancelled, false)]
    [InlineData("on_error", ToolOutcome.Cancelled, true)]
    [InlineData("never", ToolOutcome.Cancelled, false)]
    public void Complete_cancelled_counts_as_an_error(string refund, ToolOutcome outcome, bool isGivenBack)
    {
        var sink = new RecordingSink();
        ToolGuard guard = Judging.Guard(
            [Judging.Tools($$"""{ "t": { "limits": [{ "counter": "c", "window": "minute", "max": 1, "scope": "grant", "refund": "{{refund}}" }] } }""")], _time, sinks: [sink]);
        guard.Complete(guard.Decide("t"), outcome);
        Assert.Equal(isGivenBack, guard.Decide("t").IsAllowed);
        Assert.Contains("\"outcome\":\"cancelled\"", sink.Lines[1], StringComparison.Ordinal);
    }

    private ToolGuard Guard(ICounterStore store, string policy = Limited) => Judging.Guard([Judging.Tools(policy)], _time, counters: store);

    /// <summary>Answers when the test says so.</summary>
    private sealed class SlowStore : ICounterStore
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<CounterReservation> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<(CounterReservation Reservation, CounterDemand[] Demands)> _refunded = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        public Task<(CounterReservation Reservation, CounterDemand[] Demands)> Refunded => _refunded.Task;

        public CancellationToken Token { get; private set; }

        public ReadOnlyMemory<CounterDemand> Demands { get; private set; }

        public bool HoldsRefunds { get; init; }

        public void Answer(CounterReservation answer) => _answer.SetResult(answer);

        public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken)
        {
            (Token, Demands) = (cancellationToken, demands);
            _asked.TrySetResult();
            return new(_answer.Task);
        }

        public ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => ReserveAsync(demands, cancellationToken);

        public async ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken)
        {
            _refunded.TrySetResult((reservation, demands.ToArray()));
            if (HoldsRefunds)
            {
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }
        }
    }
}
