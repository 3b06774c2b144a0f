using System.Text.Json;
using PolicyLayer.Sdk.Tests.Counting;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests;

public sealed class ToolGuardTests
{
    private const string Limited = """{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] }, "free": {} }""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Decision_nobody_made_denies()
    {
        ToolDecision decision = default;
        Assert.False(decision.IsAllowed);
        Assert.False(decision.AnswerAsUnknownTool);
        Assert.Equal((DecisionReason.EvaluationError, "evaluation_error"), (decision.Reason, decision.ReasonCode));
        Assert.Equal("The call could not be judged, so it was refused.", decision.Message);
        Assert.Null(decision.Rule ?? decision.Id ?? decision.PolicyVersion);
        Assert.False(decision.ForCaller().IsAllowed);
        Assert.Contains("\"decision\":\"deny\"", decision.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_without_policies_or_with_two_of_one_name_throws()
    {
        Assert.Throws<ArgumentException>(() => ToolGuard.Create());
        Assert.Throws<ArgumentNullException>(() => ToolGuard.Create(null!));
        ToolPolicy policy = Judging.Tools("{}");
        Assert.Throws<ArgumentException>(() => ToolGuard.Create(policy, Judging.Tools("{}")));
        Assert.NotNull(ToolGuard.Create(policy, Judging.Tools("{}", "other")));
    }

    [Fact]
    public async Task Authorize_cancelled_before_throws_and_reserves_nothing()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guard.AuthorizeAsync(new ToolCall(Grant.Default, "t"), new CancellationToken(canceled: true)));
        Assert.True(guard.Decide("t").IsAllowed);
    }

    // Who starts a call and awaits it elsewhere is not thrown at where he starts it.
    [Fact]
    public async Task Authorize_cancelled_before_throws_where_it_is_awaited()
    {
        ValueTask<ToolDecision> deciding = Judging.Guard([Judging.Tools(Limited)]).AuthorizeAsync(new ToolCall(Grant.Default, "t"), new CancellationToken(canceled: true));
        Assert.True(deciding.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await deciding);
    }

    [Fact]
    public async Task Authorize_cancelled_before_the_store_is_asked_throws_where_it_is_awaited()
    {
        const string Timed = """{ "t": { "require": [{ "conditions": [{ "path": "time.hour", "op": "gte", "value": 0 }] }], "limits": [{ "counter": "c", "window": "day", "max": 1 }] } }""";
        using var source = new CancellationTokenSource();
        var clock = new InterruptedClock(new ManualTimeProvider()) { Meanwhile = source.Cancel };
        ToolGuard guard = Judging.Guard([Judging.Tools(Timed)], clock);
        ValueTask<ToolDecision> deciding = guard.AuthorizeAsync(new ToolCall(Grant.Default, "t"), source.Token);
        Assert.True(deciding.IsCanceled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await deciding);
        Assert.True(guard.Decide("t").IsAllowed);
    }

    [Fact]
    public async Task Authorize_cancelled_while_the_store_waits_throws()
    {
        using var source = new CancellationTokenSource();
        var store = new FailingStore(async token =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return CounterReservation.Reserved();
        });
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], counters: store);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guard.AuthorizeAsync(new ToolCall(Grant.Default, "t"), source.Token));
    }

    [Fact]
    public async Task Authorize_cancelled_while_the_audit_waits_gives_the_place_back()
    {
        using var source = new CancellationTokenSource();
        var sink = new RecordingSink { Before = async _ => await source.CancelAsync() };
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], sinks: [sink]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guard.AuthorizeAsync(new ToolCall(Grant.Default, "t"), source.Token));
        sink.Before = null;
        Assert.True(guard.Decide("t").IsAllowed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Authorize_store_that_fails_denies(bool waits)
    {
        var store = new FailingStore(async _ =>
        {
            if (waits)
            {
                await Task.Yield();
            }

            // A cancellation that is not the caller's is a failure like any other.
            throw new OperationCanceledException("a time-out inside");
        });
        ToolDecision decision = Judging.Guard([Judging.Tools(Limited)], counters: store).Decide("t");
        Assert.Equal((DecisionReason.StoreUnavailable, "store_unavailable"), (decision.Reason, decision.ReasonCode));
    }

    [Fact]
    public void Authorize_store_that_throws_at_once_denies() =>
        Assert.Equal(DecisionReason.StoreUnavailable, Judging.Guard([Judging.Tools(Limited)], counters: new FailingStore(static _ => throw new IOException())).Decide("t").Reason);

    [Fact]
    public void Complete_store_that_fails_to_refund_is_logged_and_the_place_stays_spent()
    {
        var logger = new RecordingLogger();
        var store = new FailingStore(static _ => new(CounterReservation.Reserved()), static () => throw new IOException("down"));
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], counters: store, logger: logger);
        guard.Complete(guard.Decide("t"), ToolOutcome.NotRun);
        Assert.Contains(logger.Entries, static entry => entry.Text.Contains("could not be settled", StringComparison.Ordinal));
    }

    // Whatever goes wrong inside is a denial or stays inside: a log that is full decides nothing.
    [Fact]
    public void Authorize_and_complete_with_a_logger_that_throws_work_as_without()
    {
        var logger = new RecordingLogger(throws: true);
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], logger: logger);
        ToolDecision allowed = guard.Decide("t");
        Assert.True(allowed.IsAllowed);
        Assert.Equal(DecisionReason.LimitExceeded, guard.Decide("t").Reason);
        guard.Complete(allowed, ToolOutcome.NotRun);
        Assert.True(guard.Decide("t").IsAllowed);

        var failing = new FailingStore(static _ => throw new IOException());
        Assert.Equal(DecisionReason.StoreUnavailable, Judging.Guard([Judging.Tools(Limited)], counters: failing, logger: logger).Decide("t").Reason);
        var sink = new RecordingSink { Before = static _ => throw new IOException() };
        Assert.True(Judging.Guard([Judging.Tools(Limited)], sinks: [sink], logger: logger).Decide("t").IsAllowed);
    }

    [Fact]
    public async Task Complete_decision_of_another_guard_or_of_nobody_throws()
    {
        ToolGuard one = Judging.Guard([Judging.Tools(Limited)]);
        ToolGuard other = Judging.Guard([Judging.Tools(Limited)]);
        ToolDecision decision = one.Decide("t");
        await Assert.ThrowsAsync<ArgumentException>(async () => await other.CompleteAsync(decision, ToolOutcome.NotRun, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await one.CompleteAsync(default, ToolOutcome.Ok, Cancel));
        Assert.False(one.Decide("t").IsAllowed);
    }

    [Fact]
    public void Complete_denied_decision_is_ignored()
    {
        var sink = new RecordingSink();
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], sinks: [sink]);
        guard.Complete(guard.Decide("unknown"), ToolOutcome.Ok);
        Assert.Single(sink.Lines);
    }

    [Theory]
    [InlineData("t")]
    [InlineData("free")]
    public void Complete_twice_is_recorded_once(string tool)
    {
        var sink = new RecordingSink();
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], sinks: [sink]);
        ToolDecision decision = guard.Decide(tool);
        guard.Complete(decision, ToolOutcome.Ok);
        guard.Complete(decision, ToolOutcome.Error);
        guard.Complete(decision, ToolOutcome.NotRun);
        Assert.Single(sink.Lines, static line => line.Contains("\"kind\":\"outcome\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Decision_ids_are_unique_across_guards()
    {
        ToolGuard[] guards = [Judging.Guard([Judging.Tools(Limited)]), Judging.Guard([Judging.Tools(Limited)])];
        string?[] ids = [.. guards.SelectMany(static guard => Enumerable.Range(0, 50).Select(_ => guard.Decide("free").Id))];
        Assert.Equal(100, ids.Distinct().Count());
    }

    [Fact]
    public void ToolCall_without_a_tool_throws() => Assert.Throws<ArgumentNullException>(() => new ToolCall(Grant.Default, null!));

    [Fact]
    public void Default_call_is_denied() => Assert.Equal(DecisionReason.NoPolicy, Judging.Guard([Judging.Tools(Limited)], sinks: [new RecordingSink()], requireAudit: true, logger: new RecordingLogger()).Decide(default(ToolCall)).Reason);

    [Fact]
    public void WriteTo_writes_the_contract_of_a_denial()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)]);
        guard.Decide("t");
        ToolDecision decision = guard.Decide("t");
        JsonElement json = JsonElement.Parse(decision.ToJson());
        Assert.Equal(("deny", "limit_exceeded"), (json.GetProperty("decision").GetString(), json.GetProperty("reason").GetString()));
        Assert.Equal(("t", "default", "/tools/t/limits/c"), (json.GetProperty("tool").GetString(), json.GetProperty("grant").GetString(), json.GetProperty("rule").GetString()));
        Assert.Equal(decision.Message, json.GetProperty("message").GetString());
        Assert.Equal((86_400_000, 0, decision.PolicyVersion), (json.GetProperty("retry_after_ms").GetInt64(), json.GetProperty("layer").GetInt32(), json.GetProperty("policy").GetString()));
        Assert.Equal("""{"counter":"c","max":"1","remaining":"0","window":"day","scope":"grant"}""", json.GetProperty("limit").GetRawText());
    }
}
