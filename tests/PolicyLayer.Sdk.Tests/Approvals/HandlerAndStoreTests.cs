using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Approvals;

/// <summary>A host that has a handler and a store: the handler tells people, or answers itself; what it says counts in the store.</summary>
public sealed class HandlerAndStoreTests
{
    private const string Policy = """{ "pay": { "action": "require_approval" } }""";

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryApprovalStore _store;

    public HandlerAndStoreTests() => _store = new MemoryApprovalStore(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ApprovalAnswer.Approved, DecisionReason.Approved, ApprovalStatus.Used)]
    [InlineData(ApprovalAnswer.Denied, DecisionReason.ApprovalDenied, ApprovalStatus.Denied)]
    [InlineData(ApprovalAnswer.NoAnswer, DecisionReason.ApprovalRequired, ApprovalStatus.Pending)]
    [InlineData(ApprovalAnswer.Expired, DecisionReason.ApprovalExpired, ApprovalStatus.Pending)]
    public async Task Handlers_answer_counts_in_the_store(ApprovalAnswer answer, DecisionReason reason, ApprovalStatus status)
    {
        ToolDecision decision = await Guard(new StaffedHandler(() => new(answer))).AuthorizeAsync(Judging.Call("pay"), Token);
        StoredApproval stored = Assert.Single(await _store.ListAsync(Token));
        Assert.Equal((reason, stored.Id, status), (decision.Reason, decision.ApprovalId, stored.Status));
    }

    [Fact]
    public async Task Handler_is_told_the_name_and_not_asked_about_what_is_answered()
    {
        var asked = new List<string?>();
        ToolGuard guard = Guard(new TellingHandler(asked.Add));
        string id = (await guard.AuthorizeAsync(Judging.Call("pay"), Token)).ApprovalId!;
        await guard.AuthorizeAsync(Judging.Call("pay"), Token);
        Assert.Equal([id, id], asked);
        await _store.AnswerAsync(id, true, null, Token);
        Assert.Equal(DecisionReason.Approved, (await guard.AuthorizeAsync(Judging.Call("pay"), Token)).Reason);
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task Person_who_denies_while_the_handler_asks_is_not_overruled()
    {
        ToolGuard guard = Guard(new StaffedHandler(async () =>
        {
            await _store.AnswerAsync(Assert.Single(await _store.ListAsync(Token)).Id, false, "ann", Token);
            return ApprovalAnswer.Approved;
        }));
        Assert.Equal(DecisionReason.ApprovalDenied, (await guard.AuthorizeAsync(Judging.Call("pay"), Token)).Reason);
    }

    [Fact]
    public async Task Handler_that_approves_after_the_policy_was_edited_lets_nothing_run()
    {
        ToolGuard guard = null!;
        var handler = new StaffedHandler(async () =>
        {
            await guard.ReplaceAsync(new PolicySet([Judging.Tools("{ }").Compiled]));
            return ApprovalAnswer.Approved;
        });
        guard = Judging.Guard([Judging.Tools(Policy)], _time, approvals: handler);
        Assert.Equal(DecisionReason.ApprovalExpired, (await guard.AuthorizeAsync(Judging.Call("pay"), Token)).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task Handler_is_not_waited_for_when_the_call_is_held_no_more()
    {
        using var stopping = new CancellationTokenSource();
        var never = new TaskCompletionSource<ApprovalAnswer>();
        Task<ToolDecision> deciding = Guard(new StaffedHandler(() => new(never.Task))).AuthorizeAsync(new ToolCall(Grant.Default, "pay") { HeldUntil = stopping.Token }, Token).AsTask();
        await stopping.CancelAsync();
        ToolDecision refused = await deciding;
        Assert.Equal((DecisionReason.ApprovalRequired, Assert.Single(await _store.ListAsync(Token)).Id), (refused.Reason, refused.ApprovalId));
    }

    [Fact]
    public async Task Host_answers_through_the_store_of_its_services()
    {
        await using ServiceProvider host = new ServiceCollection()
            .AddToolPolicies(static o => o.AddPolicy(Judging.Tools(Policy)).AddPolicy(Judging.Tools(Policy, "other")))
            .UseApprovalsInMemory().Services.BuildServiceProvider(validateScopes: true);
        ToolGuard guard = host.GetRequiredService<ToolGuard>();
        ToolGuard part = guard.ForPolicies(["other"])!;
        string id = (await part.AuthorizeAsync(Judging.Call("pay"), Token)).ApprovalId!;
        await host.GetRequiredService<IApprovalStore>().AnswerAsync(id, true, null, Token);
        Assert.Equal(DecisionReason.ApprovalRequired, (await guard.AuthorizeAsync(Judging.Call("pay"), Token)).Reason);
        Assert.Equal(DecisionReason.Approved, (await part.AuthorizeAsync(Judging.Call("pay"), Token)).Reason);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void Wait_is_none_or_a_day_at_most(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToolPolicyOptions { ApprovalWait = TimeSpan.FromSeconds(seconds) });

    private ToolGuard Guard(IApprovalHandler handler) =>
        Judging.Guard([Judging.Tools(Policy)], _time, approvals: handler, records: new ApprovalRecords(_store, TimeSpan.Zero, TimeSpan.FromSeconds(1), _time));

    private sealed class TellingHandler(Action<string?> tell) : IApprovalHandler
    {
        public ValueTask<ApprovalAnswer> AskAsync(ApprovalRequest request, CancellationToken cancellationToken)
        {
            tell(request.ApprovalId);
            return new(ApprovalAnswer.NoAnswer);
        }
    }
}
