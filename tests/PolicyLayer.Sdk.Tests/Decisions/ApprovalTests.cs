using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Decisions;

public sealed class ApprovalTests
{
    private const string Pay = """
        { "pay": { "require_approval": [
            { "name": "large", "conditions": [{ "path": "args.amount", "op": "gt", "value": 100 }], "reason": "Large payments need a person.", "expires": "10m" },
            { "conditions": [{ "path": "args.to", "op": "eq", "value": "abroad" }], "expires": "5m" }] } }
        """;

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("""{ "amount": 100 }""", DecisionReason.Allowed, 0)]
    [InlineData("""{ "amount": 101 }""", DecisionReason.Approved, 1)]
    [InlineData("""{ "amount": "101" }""", DecisionReason.Approved, 1)]
    [InlineData("""{ }""", DecisionReason.Allowed, 0)]
    public async Task Rule_asks_when_it_is_true_or_unknown(string arguments, DecisionReason reason, int asked)
    {
        var handler = new Handler(static (_, _) => new(ApprovalAnswer.Approved));
        Assert.Equal(reason, (await DecideAsync(handler, arguments)).Reason);
        Assert.Equal(asked, handler.Requests.Count);
    }

    [Fact]
    public async Task Handler_is_asked_once_for_all_rules_and_told_why()
    {
        var handler = new Handler(static (_, _) => new(ApprovalAnswer.Denied));
        ToolDecision decision = await DecideAsync(handler, """{ "amount": 101, "to": "abroad" }""");
        ApprovalRequest request = Assert.Single(handler.Requests);
        Assert.Equal(["/tools/pay/require_approval/large", "/tools/pay/require_approval/args.to-eq"], request.Rules);
        Assert.Equal(["Large payments need a person."], request.Reasons);
        Assert.Equal(TimeSpan.FromMinutes(5), request.Expires);
        Assert.Equal((DecisionReason.ApprovalDenied, "/tools/pay/require_approval/large", 0), (decision.Reason, decision.Rule, decision.Layer));
        Assert.Equal(decision.Id, request.DecisionId);
    }

    [Theory]
    [InlineData(ApprovalAnswer.NoAnswer, DecisionReason.ApprovalRequired)]
    [InlineData(ApprovalAnswer.Denied, DecisionReason.ApprovalDenied)]
    [InlineData(ApprovalAnswer.Expired, DecisionReason.ApprovalExpired)]
    [InlineData((ApprovalAnswer)99, DecisionReason.ApprovalRequired)]
    public async Task Everything_but_an_approval_denies(ApprovalAnswer answer, DecisionReason reason)
    {
        ToolDecision decision = await DecideAsync(new Handler((_, _) => new(answer)), """{ "amount": 101 }""");
        Assert.Equal((reason, false), (decision.Reason, decision.IsAllowed));
    }

    [Fact]
    public async Task Handler_that_fails_denies_and_tells_nobody_what_it_said()
    {
        ToolDecision decision = await DecideAsync(new Handler(static (_, _) => throw new InvalidDataException("hunter2")), """{ "amount": 101 }""");
        Assert.Equal(DecisionReason.EvaluationError, decision.Reason);
        Assert.DoesNotContain("hunter2", decision.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handler_that_never_answers_is_given_up_when_the_time_is_over()
    {
        var never = new TaskCompletionSource<ApprovalAnswer>();
        ValueTask<ToolDecision> deciding = DecideAsync(new Handler((_, _) => new(never.Task)), """{ "amount": 101 }""");
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.False(deciding.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(DecisionReason.ApprovalExpired, (await deciding).Reason);
    }

    [Theory]
    [InlineData("49d")]
    [InlineData("50d")]
    [InlineData("366d")]
    public async Task Approval_may_wait_as_long_as_a_policy_can_say(string expires)
    {
        ToolPolicy policy = Judging.Tools($$"""{ "t": { "require_approval": [{ "conditions": [], "expires": "{{expires}}" }] } }""");
        var handler = new Handler(static (_, _) => new(ApprovalAnswer.Approved));
        Assert.Equal(DecisionReason.Approved, (await Judging.Guard([policy], approvals: handler).AuthorizeAsync(Judging.Call("t"), TestContext.Current.CancellationToken)).Reason);
    }

    [Fact]
    public async Task Approval_that_comes_too_late_counts_as_none()
    {
        ToolDecision decision = await DecideAsync(
            new Handler((request, _) =>
            {
                _time.Advance(request.Expires + TimeSpan.FromTicks(1));
                return new(ApprovalAnswer.Approved);
            }),
            """{ "amount": 101 }""");
        Assert.Equal(DecisionReason.ApprovalExpired, decision.Reason);
    }

    [Fact]
    public async Task Caller_who_gives_up_gets_his_cancellation()
    {
        using var stop = new CancellationTokenSource();
        var never = new TaskCompletionSource<ApprovalAnswer>();
        ToolGuard guard = Judging.Guard([Judging.Tools(Pay)], _time, approvals: new Handler((_, _) => new(never.Task)));
        ValueTask<ToolDecision> deciding = guard.AuthorizeAsync(Judging.Call("pay", """{ "amount": 101 }"""), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await deciding);
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_call_whose_limit_is_spent_and_asking_uses_nothing_up()
    {
        var answer = ApprovalAnswer.Denied;
        var handler = new Handler((_, _) => new(answer));
        ToolGuard guard = Judging.Guard(
            [Judging.Tools("""{ "pay": { "action": "require_approval", "limits": [{ "counter": "c", "window": "day", "max": 1 }] } }""")], _time, approvals: handler);
        Assert.Equal(DecisionReason.ApprovalDenied, (await guard.AuthorizeAsync(Judging.Call("pay"), TestContext.Current.CancellationToken)).Reason);
        answer = ApprovalAnswer.Approved;
        ToolDecision allowed = await guard.AuthorizeAsync(Judging.Call("pay"), TestContext.Current.CancellationToken);
        Assert.Equal(DecisionReason.Approved, allowed.Reason);
        await guard.CompleteAsync(allowed, ToolOutcome.Ok, TestContext.Current.CancellationToken);
        Assert.Equal(DecisionReason.LimitExceeded, (await guard.AuthorizeAsync(Judging.Call("pay"), TestContext.Current.CancellationToken)).Reason);
        Assert.Equal(2, handler.Requests.Count);
    }

    private ValueTask<ToolDecision> DecideAsync(Handler handler, string arguments) =>
        Judging.Guard([Judging.Tools(Pay)], _time, approvals: handler).AuthorizeAsync(Judging.Call("pay", arguments), TestContext.Current.CancellationToken);

    private sealed class Handler(Func<ApprovalRequest, CancellationToken, ValueTask<ApprovalAnswer>> ask) : IApprovalHandler
    {
        public List<ApprovalRequest> Requests { get; } = [];

        public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return ask(request, cancellationToken);
        }
    }
}
