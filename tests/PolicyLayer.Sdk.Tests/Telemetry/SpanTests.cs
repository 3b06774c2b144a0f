using System.Diagnostics;
using PolicyLayer.Sdk.Tests.Support;

namespace PolicyLayer.Sdk.Tests.Telemetry;

public sealed class SpanTests : IDisposable
{
    private const string Limited = """{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] }, "free": {} }""";

    private readonly HeardSpans _heard = new();

    public void Dispose() => _heard.Dispose();

    [Fact]
    public async Task Allowed_call_is_a_span_below_the_callers()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)]);
        ToolDecision decision = await AuthorizeAsync(guard, "free");
        Activity span = Assert.Single(_heard.Ended);
        Assert.Equal(("PolicyLayer.Sdk", "authorize free", ActivityKind.Internal, ActivityStatusCode.Unset), (span.Source.Name, span.DisplayName, span.Kind, span.Status));
        Assert.Equal(_heard.Root.SpanId, span.ParentSpanId);
        Assert.Equal(
            $"gen_ai.tool.name=free, policylayer.decision.id={decision.Id}, policylayer.decision.reason=allowed, policylayer.decision.result=allow, policylayer.grant.id=default, policylayer.policy.version={decision.PolicyVersion}",
            HeardSpans.Tags(span));
    }

    [Fact]
    public async Task Denial_says_its_rule_and_is_no_error()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)]);
        await AuthorizeAsync(guard, "t");
        ToolDecision denied = await AuthorizeAsync(guard, "t");
        Activity span = _heard.Ended[^1];
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal(
            $"gen_ai.tool.name=t, policylayer.decision.id={denied.Id}, policylayer.decision.reason=limit_exceeded, policylayer.decision.result=deny, policylayer.rule=/tools/t/limits/c, policylayer.grant.id=default, policylayer.policy.version={denied.PolicyVersion}",
            HeardSpans.Tags(span));
    }

    [Fact]
    public async Task Invented_name_is_a_tag_and_not_the_spans_name()
    {
        await AuthorizeAsync(Judging.Guard([Judging.Tools(Limited)]), "in`vented");
        Activity span = Assert.Single(_heard.Ended);
        Assert.Equal(("authorize _OTHER", "authorize _OTHER", "in\\u0060vented"), (span.OperationName, span.DisplayName, span.GetTagItem("gen_ai.tool.name")));
    }

    [Fact]
    public async Task Tool_of_a_glob_gives_the_span_its_name_once_it_was_allowed()
    {
        ToolGuard guard = Judging.Guard([Judging.Tools("""{ "list_*": {} }""")]);
        await AuthorizeAsync(guard, "list_files");
        await AuthorizeAsync(guard, "list_files");
        Assert.Equal([("authorize _OTHER", "authorize list_files"), ("authorize list_files", "authorize list_files")], _heard.Ended.Select(static span => (span.OperationName, span.DisplayName)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failure_is_an_error(bool allows)
    {
        var store = new FailingStore(static _ => throw new IOException());
        await AuthorizeAsync(Judging.Guard([Judging.Tools(Limited)], counters: store, store: new(TimeSpan.FromSeconds(1), allows)), "t");
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(_heard.Ended).Status);
    }

    [Fact]
    public async Task Record_that_is_required_and_not_taken_is_an_error()
    {
        var sink = new RecordingSink { Before = static _ => throw new IOException() };
        await AuthorizeAsync(Judging.Guard([Judging.Tools(Limited)], sinks: [sink], requireAudit: true), "t");
        Activity span = Assert.Single(_heard.Ended);
        Assert.Equal((ActivityStatusCode.Error, "audit_unavailable"), (span.Status, span.GetTagItem("policylayer.decision.reason")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Span_of_a_store_lies_in_it(bool waits)
    {
        var store = new FailingStore(async _ =>
        {
            using Activity? asking = HeardSpans.OfTests.StartActivity("ask");
            if (waits)
            {
                await Task.Yield();
            }

            return CounterReservation.Reserved();
        });
        await AuthorizeAsync(Judging.Guard([Judging.Tools(Limited)], counters: store), "t");
        Assert.Equal(["ask", "authorize t"], _heard.Ended.Select(static span => span.DisplayName));
        Assert.Equal(_heard.Ended[1].SpanId, _heard.Ended[0].ParentSpanId);
        Assert.Equal(_heard.Root.SpanId, _heard.Ended[1].ParentSpanId);
    }

    [Fact]
    public async Task Call_that_is_cancelled_ends_its_span()
    {
        using var source = new CancellationTokenSource();
        var store = new FailingStore(async token =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return CounterReservation.Reserved();
        });
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], counters: store);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guard.AuthorizeAsync(Judging.Call("t"), source.Token));
        Assert.Same(_heard.Root, Activity.Current);
        Activity span = Assert.Single(_heard.Ended);
        Assert.Equal(("authorize t", ActivityStatusCode.Unset, ""), (span.DisplayName, span.Status, HeardSpans.Tags(span)));
    }

    // The span must not be current for whoever has asked and does not wait yet.
    [Fact]
    public async Task Span_is_not_the_callers_while_the_guard_waits()
    {
        var answer = new TaskCompletionSource<CounterReservation>();
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], counters: new FailingStore(_ => new(answer.Task)));
        ValueTask<ToolDecision> deciding = guard.AuthorizeAsync(Judging.Call("t"), TestContext.Current.CancellationToken);
        Assert.False(deciding.IsCompleted);
        Assert.Same(_heard.Root, Activity.Current);
        answer.SetResult(CounterReservation.Reserved());
        Assert.True((await deciding).IsAllowed);
        Assert.Same(_heard.Root, Activity.Current);
    }

    private async Task<ToolDecision> AuthorizeAsync(ToolGuard guard, string tool)
    {
        ValueTask<ToolDecision> deciding = guard.AuthorizeAsync(Judging.Call(tool), TestContext.Current.CancellationToken);
        Assert.Same(_heard.Root, Activity.Current);
        ToolDecision decision = await deciding;
        Assert.Same(_heard.Root, Activity.Current);
        return decision;
    }
}
