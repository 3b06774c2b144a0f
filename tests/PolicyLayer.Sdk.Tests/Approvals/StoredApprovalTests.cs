using System.Text.Json;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting.Timeouts;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Approvals;

public sealed class StoredApprovalTests
{
    private const string Secret = """{ "amount": 101, "note": "hunter2" }""";

    private static readonly ToolPolicy Policy = Judging.Tools("""
        { "pay": { "require_approval": [{ "name": "large", "conditions": [{ "path": "args.amount", "op": "gt", "value": 100 }], "reason": "Large payments need a person.", "expires": "10m" }] },
          "once": { "action": "require_approval", "limits": [{ "counter": "c", "window": "day", "max": 1 }] } }
        """);

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryApprovalStore _store;

    public StoredApprovalTests() => _store = new MemoryApprovalStore(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approved_call_runs_once()
    {
        ToolGuard guard = Guard();
        ToolDecision refused = await PayAsync(guard);
        Assert.Equal((DecisionReason.ApprovalRequired, "/tools/pay/require_approval/large"), (refused.Reason, refused.Rule));
        Assert.Equal(ApprovalStatus.Approved, (await _store.AnswerAsync(refused.ApprovalId!, true, "ann", Token))!.Status);
        ToolDecision allowed = await PayAsync(guard);
        Assert.Equal((DecisionReason.Approved, refused.ApprovalId, null, null), (allowed.Reason, allowed.ApprovalId, allowed.Rule, allowed.Layer));
        ToolDecision next = await PayAsync(guard);
        Assert.Equal(DecisionReason.ApprovalRequired, next.Reason);
        Assert.NotEqual(refused.ApprovalId, next.ApprovalId);
    }

    [Fact]
    public async Task Approval_lets_no_other_call_run()
    {
        ToolGuard guard = Guard();
        await _store.AnswerAsync((await PayAsync(guard)).ApprovalId!, true, null, Token);
        Assert.Equal(DecisionReason.ApprovalRequired, (await PayAsync(guard, """{ "amount": 102, "note": "hunter2" }""")).Reason);
        ToolGuard reloaded = Guard(policy: Judging.Tools("""{ "pay": { "action": "require_approval" } }"""));
        Assert.Equal(DecisionReason.ApprovalRequired, (await PayAsync(reloaded)).Reason);
        Assert.Equal(DecisionReason.Approved, (await PayAsync(guard)).Reason);
    }

    // Servers of a host may have tools of one name: what a person has approved on one of them would have run on another.
    [Fact]
    public async Task Approval_counts_on_the_server_that_the_person_saw()
    {
        ToolGuard guard = Guard();
        ToolCall onTest = Judging.Call("pay", Secret) with { Server = "test" };
        string id = (await guard.AuthorizeAsync(onTest, Token)).ApprovalId!;
        Assert.Equal("test", (await _store.AnswerAsync(id, true, null, Token))!.Server);
        Assert.Equal(DecisionReason.ApprovalRequired, (await guard.AuthorizeAsync(onTest with { Server = "live" }, Token)).Reason);
        Assert.Equal(DecisionReason.ApprovalRequired, (await guard.AuthorizeAsync(onTest with { Server = null }, Token)).Reason);
        Assert.Equal(DecisionReason.Approved, (await guard.AuthorizeAsync(onTest, Token)).Reason);
    }

    [Fact]
    public async Task Denied_call_is_refused_until_that_expires()
    {
        ToolGuard guard = Guard();
        await _store.AnswerAsync((await PayAsync(guard)).ApprovalId!, false, null, Token);
        Assert.Equal(DecisionReason.ApprovalDenied, (await PayAsync(guard)).Reason);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(DecisionReason.ApprovalRequired, (await PayAsync(guard)).Reason);
    }

    [Fact]
    public async Task Person_sees_the_whole_call_and_nobody_else_sees_its_arguments()
    {
        var sink = new RecordingSink();
        ToolGuard guard = Guard(sinks: [sink]);
        ToolDecision refused = await guard.AuthorizeAsync(new ToolCall(new Grant("g", "label"), "pay", JsonElement.Parse(Secret)) { User = "u", Session = "s", Server = "v" }, Token);
        StoredApproval asked = Assert.Single(await _store.ListAsync(Token));
        Assert.Equal(("pay", "g", "label", "u", "s", "v"), (asked.Tool, asked.Grant, asked.GrantLabel, asked.User, asked.Session, asked.Server));
        Assert.Equal("""{"amount":101,"note":"hunter2"}""", asked.Arguments);
        Assert.Equal(["/tools/pay/require_approval/large"], asked.Rules);
        Assert.Equal(["Large payments need a person."], asked.Reasons);
        Assert.Equal(TimeSpan.FromMinutes(10), asked.Lifetime);
        string json = refused.ToJson();
        Assert.Contains($"\"approval_id\":\"{asked.Id}\"", json, StringComparison.Ordinal);
        Assert.Equal($"Large payments need a person. It waits as approval `{asked.Id}`: when a person has given it, make the same call again.", refused.Message);
        await _store.AnswerAsync(asked.Id, true, "ann", Token);
        await guard.AuthorizeAsync(refused.Call, Token);
        Assert.Equal(2, sink.Lines.Count);
        Assert.All(sink.Lines, line => Assert.Contains($"\"approval_id\":\"{asked.Id}\"", line, StringComparison.Ordinal));
        Assert.All(sink.Lines, line => Assert.Contains("\"session\":\"s\",\"user\":\"u\",\"server\":\"v\",\"tool\":\"pay\"", line, StringComparison.Ordinal));
        Assert.Contains("\"decision\":\"approval_required\"", sink.Lines[0], StringComparison.Ordinal);
        Assert.Contains("\"answered_by\":\"ann\"", sink.Lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", json + asked + string.Concat(sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_waits_for_the_answer_as_long_as_the_host_says()
    {
        ToolGuard guard = Guard(wait: TimeSpan.FromSeconds(30));
        Task<ToolDecision> deciding = PayAsync(guard).AsTask();
        StoredApproval asked = Assert.Single(await _store.ListAsync(Token));
        await PassAsync(deciding, TimeSpan.FromSeconds(20));
        Assert.False(deciding.IsCompleted);
        await _store.AnswerAsync(asked.Id, true, null, Token);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DecisionReason.Approved, (await deciding).Reason);

        deciding = PayAsync(guard).AsTask();
        await PassAsync(deciding, TimeSpan.FromSeconds(30));
        Assert.Equal(DecisionReason.ApprovalRequired, (await deciding).Reason);
    }

    [Fact]
    public async Task Caller_who_gives_up_while_it_waits_leaves_it_to_be_approved()
    {
        ToolGuard guard = Guard(wait: TimeSpan.FromSeconds(30));
        using var gone = new CancellationTokenSource();
        ValueTask<ToolDecision> deciding = guard.AuthorizeAsync(Judging.Call("pay", Secret), gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await deciding);
        await _store.AnswerAsync(Assert.Single(await _store.ListAsync(Token)).Id, true, null, Token);
        Assert.Equal(DecisionReason.Approved, (await PayAsync(guard)).Reason);
    }

    [Fact]
    public async Task Call_that_waits_while_its_policy_is_edited_does_not_run_by_the_one_before()
    {
        ToolGuard guard = Guard(wait: TimeSpan.FromHours(1));
        Task<ToolDecision> deciding = PayAsync(guard).AsTask();
        StoredApproval asked = Assert.Single(await _store.ListAsync(Token));
        await guard.ReplaceAsync(new PolicySet([Judging.Tools("{ }").Compiled]));
        await _store.AnswerAsync(asked.Id, true, null, Token);
        await PassAsync(deciding, TimeSpan.FromSeconds(1));
        Assert.Equal(DecisionReason.ApprovalExpired, (await deciding).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_is_waited_for_when_the_policy_was_edited()
    {
        ToolGuard guard = Guard(wait: TimeSpan.FromHours(1));
        Task<ToolDecision> deciding = PayAsync(guard).AsTask();
        await guard.ReplaceAsync(new PolicySet([Judging.Tools("{ }").Compiled]));
        await PassAsync(deciding, TimeSpan.FromSeconds(1));
        Assert.Equal(DecisionReason.ApprovalExpired, (await deciding).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task Call_whose_client_is_gone_unheard_does_not_take_the_approval_of_its_repetition()
    {
        ToolGuard guard = Guard(wait: TimeSpan.FromHours(1));
        Task<ToolDecision> abandoned = PayAsync(guard).AsTask();
        StoredApproval asked = Assert.Single(await _store.ListAsync(Token));
        Task<ToolDecision> repetition = PayAsync(guard).AsTask();
        await _store.AnswerAsync(asked.Id, true, null, Token);
        await PassAsync(Task.WhenAll(abandoned, repetition), TimeSpan.FromSeconds(2));
        Assert.Equal(DecisionReason.Approved, (await repetition).Reason);
        Assert.Equal((DecisionReason.ApprovalRequired, asked.Id), ((await abandoned).Reason, (await abandoned).ApprovalId));

        // Nor is a person asked again for it.
        Assert.Equal(ApprovalStatus.Used, Assert.Single(await _store.ListAsync(Token)).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task Call_that_is_held_no_more_is_refused_at_once_and_goes_on_waiting_in_the_store()
    {
        ToolGuard guard = Guard(wait: TimeSpan.FromHours(1));
        using var stopping = new CancellationTokenSource();
        ToolCall call = Judging.Call("pay", Secret);
        Task<ToolDecision> deciding = guard.AuthorizeAsync(new ToolCall(call.Grant, call.Tool, call.Arguments) { HeldUntil = stopping.Token }, Token).AsTask();
        StoredApproval asked = Assert.Single(await _store.ListAsync(Token));
        await stopping.CancelAsync();
        ToolDecision refused = await deciding;
        Assert.Equal((DecisionReason.ApprovalRequired, asked.Id), (refused.Reason, refused.ApprovalId));

        // One that comes later is put before people, and not held at all.
        refused = await guard.AuthorizeAsync(refused.Call, Token);
        Assert.Equal((DecisionReason.ApprovalRequired, asked.Id), (refused.Reason, refused.ApprovalId));
        await _store.AnswerAsync(asked.Id, true, null, Token);
        Assert.Equal(DecisionReason.Approved, (await PayAsync(guard)).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Store_that_fails_denies_even_where_calls_may_run_uncounted(bool isLate)
    {
        var store = new FailingApprovals(isLate ? static _ => new TaskCompletionSource<StoredApproval>().Task : static _ => throw new InvalidDataException("hunter2"));
        ToolGuard guard = Guard(store: store, rules: new StoreRules(TimeSpan.FromSeconds(1), AllowsUncounted: true));
        ValueTask<ToolDecision> deciding = PayAsync(guard);
        _time.Advance(TimeSpan.FromSeconds(1));
        ToolDecision decision = await deciding;
        Assert.Equal((DecisionReason.StoreUnavailable, "Nobody could be asked for approval, so it was refused. It may work later."), (decision.Reason, decision.Message));
    }

    [Fact]
    public async Task Approval_of_another_call_lets_nothing_run()
    {
        ToolGuard guard = Guard();
        await PayAsync(guard, """{ "amount": 102 }""");
        StoredApproval other = Assert.Single(await _store.ListAsync(Token)) with { Status = ApprovalStatus.Approved };
        ToolDecision decision = await PayAsync(Guard(store: new FailingApprovals(_ => Task.FromResult(other))));
        Assert.Equal((DecisionReason.StoreUnavailable, null), (decision.Reason, decision.ApprovalId));
    }

    [Fact]
    public async Task Arguments_that_nobody_can_read_are_not_put_before_people()
    {
        ToolDecision decision = await PayAsync(Guard(), $$"""{ "amount": 101, "note": "{{new string('x', ApprovalBounds.LongestArguments)}}" }""");
        Assert.Equal((DecisionReason.ApprovalRequired, null), (decision.Reason, decision.ApprovalId));
        Assert.Empty(await _store.ListAsync(Token));
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_call_whose_limit_is_spent()
    {
        ToolGuard guard = Guard();
        await _store.AnswerAsync((await guard.AuthorizeAsync(Judging.Call("once"), Token)).ApprovalId!, true, null, Token);
        Assert.Equal(DecisionReason.Approved, (await guard.AuthorizeAsync(Judging.Call("once"), Token)).Reason);
        Assert.Equal(DecisionReason.LimitExceeded, (await guard.AuthorizeAsync(Judging.Call("once"), Token)).Reason);
        Assert.Equal(ApprovalStatus.Used, Assert.Single(await _store.ListAsync(Token)).Status);
    }

    [Theory]
    [InlineData("Ask first", "Ask first. It waits as")]
    [InlineData("Ask first ", "Ask first. It waits as")]
    [InlineData("Ask first!", "Ask first! It waits as")]
    [InlineData("Really (truly)", "Really (truly) It waits as")]
    public async Task Reason_is_parted_from_what_comes_behind_it(string reason, string message)
    {
        ToolPolicy policy = Judging.Tools($$"""{ "pay": { "action": "require_approval", "reason": "{{reason}}" } }""");
        Assert.StartsWith(message, (await PayAsync(Guard(policy: policy), "{}")).Message, StringComparison.Ordinal);
    }

    private ToolGuard Guard(IApprovalStore? store = null, ToolPolicy? policy = null, TimeSpan wait = default, StoreRules? rules = null, IReadOnlyList<IAuditSink>? sinks = null) =>
        Judging.Guard([policy ?? Policy], _time, sinks, store: rules, records: new ApprovalRecords(store ?? _store, wait, TimeSpan.FromSeconds(1), _time));

    private static ValueTask<ToolDecision> PayAsync(ToolGuard guard, string arguments = Secret) => guard.AuthorizeAsync(Judging.Call("pay", arguments), Token);

    /// <summary>Lets time pass in steps that a call which waits sees.</summary>
    private async Task PassAsync(Task deciding, TimeSpan span)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < span && !deciding.IsCompleted; passed += TimeSpan.FromMilliseconds(500))
        {
            while (_time.Timers == 0 && !deciding.IsCompleted)
            {
                await Task.Yield();
            }

            _time.Advance(TimeSpan.FromMilliseconds(500));
        }
    }
}
