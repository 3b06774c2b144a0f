using System.Diagnostics.Metrics;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Telemetry;

public sealed class MetricsTests : IDisposable
{
    private const string Policy = """
        "default": "deny", "hide": ["secret", "hidden_*"],
        "tools": { "t": {}, "one": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] }, "never": { "action": "deny" } }
        """;

    private readonly ManualTimeProvider _time = new();
    private readonly HeardMetrics _heard = new();

    public void Dispose() => _heard.Dispose();

    [Fact]
    public void Instruments_have_the_names_and_units_of_the_page()
    {
        Assert.Equal(
            ["policylayer.decisions {decision}", "policylayer.decision.duration s", "policylayer.outcomes {call}", "policylayer.failures {failure}"],
            _heard.Instruments.Select(static one => $"{one.Name} {one.Unit}"));
        Assert.All(_heard.Instruments, static one => Assert.False(string.IsNullOrEmpty(one.Description)));
        IReadOnlyList<double> buckets = Assert.IsType<Histogram<double>>(_heard.Instruments[1]).Advice!.HistogramBucketBoundaries!;
        Assert.Equal((1e-6, 10), (buckets[0], buckets[^1]));
        Assert.Equal(buckets.Order(), buckets);
    }

    [Theory]
    [InlineData("t", "allowed", "allow", "t")]
    [InlineData("never", "denied", "deny", "never")]
    [InlineData("secret", "hidden", "deny", "secret")]
    [InlineData("hidden_tool", "hidden", "deny", "_OTHER")]
    [InlineData("invented", "default_deny", "deny", "_OTHER")]
    public void Decision_is_counted_with_its_reason_result_and_tool(string tool, string reason, string result, string shown)
    {
        Guard().Decide(tool);
        Assert.Equal([$"policylayer.decision.reason={reason}, policylayer.decision.result={result}, gen_ai.tool.name={shown}"], _heard.TagsOf("policylayer.decisions"));
        Assert.Equal([$"policylayer.decision.reason={reason}"], _heard.TagsOf("policylayer.decision.duration"));
        Assert.Equal(1, _heard.All[0].Value);
        Assert.Equal(2, _heard.All.Count);
    }

    [Fact]
    public void Limit_that_is_spent_is_a_reason()
    {
        ToolGuard guard = Guard();
        guard.Decide("one");
        guard.Decide("one");
        Assert.Equal(
            ["policylayer.decision.reason=allowed, policylayer.decision.result=allow, gen_ai.tool.name=one", "policylayer.decision.reason=limit_exceeded, policylayer.decision.result=deny, gen_ai.tool.name=one"],
            _heard.TagsOf("policylayer.decisions"));
        Assert.Empty(_heard.TagsOf("policylayer.failures"));
    }

    [Fact]
    public void Call_of_nobody_and_of_no_tool_is_counted()
    {
        Guard().Decide(default(ToolCall));
        Assert.Equal(["policylayer.decision.reason=no_policy, policylayer.decision.result=deny, gen_ai.tool.name=_OTHER"], _heard.TagsOf("policylayer.decisions"));
    }

    [Theory]
    [InlineData(ToolOutcome.Ok, "ok")]
    [InlineData(ToolOutcome.Error, "error")]
    [InlineData(ToolOutcome.NotRun, "not_run")]
    [InlineData(ToolOutcome.Cancelled, "cancelled")]
    public void Outcome_of_an_allowed_call_is_counted_once(ToolOutcome outcome, string code)
    {
        ToolGuard guard = Guard();
        ToolDecision allowed = guard.Decide("one");
        ToolDecision denied = guard.Decide("one");
        guard.Complete(denied, outcome);
        guard.Complete(allowed, outcome);
        guard.Complete(allowed, ToolOutcome.Ok);
        Assert.Equal([$"policylayer.outcome={code}, gen_ai.tool.name=one"], _heard.TagsOf("policylayer.outcomes"));
    }

    [Fact]
    public void Outcome_of_a_call_without_limits_is_counted()
    {
        ToolGuard guard = Guard();
        guard.Complete(guard.Decide("t"), ToolOutcome.Ok);
        Assert.Equal(["policylayer.outcome=ok, gen_ai.tool.name=t"], _heard.TagsOf("policylayer.outcomes"));
    }

    [Fact]
    public async Task Duration_has_the_wait_for_store_person_and_audit()
    {
        ToolPolicy policy = Judging.Tools("""{ "t": { "action": "require_approval", "limits": [{ "counter": "c", "window": "day", "max": 1 }] } }""");
        var store = new FailingStore(async _ =>
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return CounterReservation.Reserved();
        });
        var asked = new StaffedHandler(async () =>
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromSeconds(20));
            return ApprovalAnswer.Approved;
        });
        var sink = new RecordingSink
        {
            Before = async _ =>
            {
                await Task.Yield();
                _time.Advance(TimeSpan.FromSeconds(3));
            },
        };
        ToolGuard guard = Judging.Guard([policy], _time, [sink], counters: store, approvals: asked, metrics: _heard.Metrics);
        Assert.True((await guard.AuthorizeAsync(Judging.Call("t"), TestContext.Current.CancellationToken)).IsAllowed);

        // The store is asked twice: whether there is room, and for the place.
        Assert.Equal(23.2, Assert.Single(_heard.All, static one => one.Instrument == "policylayer.decision.duration").Value, precision: 9);
    }

    [Fact]
    public async Task Call_that_is_cancelled_is_no_decision()
    {
        using var source = new CancellationTokenSource();
        var sink = new RecordingSink { Before = async _ => await source.CancelAsync() };
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "t": {} }""")], sinks: [sink], metrics: _heard.Metrics);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guard.AuthorizeAsync(Judging.Call("t"), source.Token));
        Assert.Empty(_heard.All);
    }

    [Fact]
    public void Guard_of_some_of_the_policies_is_heard_too()
    {
        ToolGuard whole = Judging.Guard([Judging.Tools("""{ "t": {} }"""), Judging.Tools("""{ "u": {} }""", "other")], metrics: _heard.Metrics);
        whole.ForPolicies(["other"])!.Decide("u");
        Assert.Equal(["policylayer.decision.reason=allowed, policylayer.decision.result=allow, gen_ai.tool.name=u"], _heard.TagsOf("policylayer.decisions"));
    }

    private ToolGuard Guard() => Judging.Guard([Judging.Policy(Policy)], _time, metrics: _heard.Metrics);
}
