using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>What the sink keeps of a real host's calls.</summary>
public sealed class RecordingAuditSinkTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingAuditSink _audit = new();
    private readonly ServiceProvider _services;
    private readonly ToolGuard _guard;

    public RecordingAuditSinkTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time);
        services.AddToolPolicies(static o =>
        {
            o.AddPolicy(ToolPolicy.Parse("""
                { "version": "1", "default": "deny", "tools": { "pay": {
                  "limits": [{ "counter": "spend", "window": "day", "max": 10, "amount": "args.amount" }],
                  "require_approval": [{ "name": "large", "conditions": [{ "path": "args.amount", "op": "gt", "value": 5 }] }] } } }
                """));
            o.RequireAudit = true;
        }).AddAuditSink(_audit).UseApprovalsInMemory();
        _services = services.BuildServiceProvider();
        _guard = _services.GetRequiredService<ToolGuard>();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task Records_tell_of_policies_decisions_and_outcomes_and_outlive_the_call()
    {
        DateTimeOffset start = _time.GetUtcNow();
        using (JsonDocument arguments = JsonDocument.Parse("""{ "note": "s3cret", "amount": 3 }"""))
        {
            ToolDecision decision = await _guard.AuthorizeAsync(new ToolCall(new Grant("ci", "Build"), "pay", arguments.RootElement) { Session = "s", User = "u", Server = "v" }, Cancel);
            _time.Advance(TimeSpan.FromSeconds(2));
            await _guard.CompleteAsync(decision, ToolOutcome.Error, Cancel);
        }

        IReadOnlyList<RecordedAudit> records = _audit.Records;
        Assert.Equal([AuditKind.Policy, AuditKind.Decision, AuditKind.Outcome], records.Select(static record => record.Kind));
        Assert.StartsWith("sha256:", records[0].PolicyVersion, StringComparison.Ordinal);
        Assert.Equal((null, null, null, null, null), (records[0].Tool, records[0].Reason, records[0].IsAllowed, records[0].DecisionId, records[0].Message));
        RecordedAudit decided = records[1];
        Assert.Equal(("pay", "ci", "Build", "s", "u", "v"), (decided.Tool, decided.GrantId, decided.GrantLabel, decided.Session, decided.User, decided.Server));
        Assert.Equal((DecisionReason.Allowed, true, null, string.Empty, null), (decided.Reason, decided.IsAllowed, decided.Rule, decided.Message, decided.Outcome));
        Assert.Equal(["amount", "note"], decided.ArgumentKeys);
        Assert.Equal((start, TimeSpan.Zero, records[0].PolicyVersion), (decided.Timestamp, decided.Elapsed, decided.PolicyVersion));
        Assert.Equal((ToolOutcome.Error, start.AddSeconds(2), TimeSpan.FromSeconds(2), decided.DecisionId), (records[2].Outcome, records[2].Timestamp, records[2].Elapsed, records[2].DecisionId));
        Assert.NotNull(decided.DecisionId);
        Assert.Equal([$"policy: {records[0].PolicyVersion}", "decision: pay: allowed", "outcome: pay: Error"], records.Select(static record => record.ToString()));
        Assert.DoesNotContain("s3cret", JsonSerializer.Serialize(records), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denial_has_its_rule_and_its_message()
    {
        ToolDecision denied = await PayAsync(11);
        RecordedAudit record = _audit.Records[^1];
        Assert.Equal((denied.Reason, denied.Rule, denied.Message, false), (record.Reason, record.Rule, record.Message, record.IsAllowed));
        Assert.Equal((DecisionReason.LimitExceeded, "/tools/pay/limits/spend"), (record.Reason, record.Rule));
    }

    [Fact]
    public async Task Call_that_waits_for_approval_has_its_name_and_who_answered()
    {
        string id = (await PayAsync(6)).ApprovalId!;
        await _services.GetRequiredService<IApprovalStore>().AnswerAsync(id, isApproved: true, "alice", Cancel);
        await PayAsync(6);
        RecordedAudit answer = Assert.Single(_audit.Records, static record => record.Kind == AuditKind.Approval);
        Assert.Equal((DecisionReason.Approved, id, "alice", "pay", null), (answer.Reason, answer.ApprovalId, answer.AnsweredBy, answer.Tool, answer.Message));
        Assert.Equal("approval: pay: approved", answer.ToString());
        RecordedAudit[] decisions = [.. _audit.Records.Where(static record => record.Kind == AuditKind.Decision)];
        Assert.Equal([(DecisionReason.ApprovalRequired, id, null), (DecisionReason.Approved, id, "alice")], decisions.Select(static record => (record.Reason!.Value, record.ApprovalId, record.AnsweredBy)));
    }

    [Fact]
    public async Task Sink_that_fails_on_purpose_keeps_nothing_and_denies_where_audit_is_required()
    {
        _audit.Failure = new IOException("disk full");
        Assert.Equal(DecisionReason.AuditUnavailable, (await PayAsync(1)).Reason);
        Assert.Single(_audit.Records);
        _audit.Failure = null;
        Assert.Equal(DecisionReason.Allowed, (await PayAsync(1)).Reason);
        Assert.Equal(2, _audit.Records.Count);
    }

    [Fact]
    public async Task Records_are_a_copy_and_can_be_cleared()
    {
        IReadOnlyList<RecordedAudit> before = _audit.Records;
        await PayAsync(1);
        Assert.Single(before);
        Assert.Equal(2, _audit.Records.Count);
        _audit.Clear();
        Assert.Empty(_audit.Records);
    }

    [Fact]
    public async Task Records_of_many_callers_at_once_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                for (int i = 0; i < 250; i++)
                {
                    await PayAsync(0);
                    Assert.NotEmpty(_audit.Records);
                }
            },
            Cancel)));
        Assert.Equal(2001, _audit.Records.Count);
        Assert.Equal(2000, _audit.Records.Where(static record => record.Kind == AuditKind.Decision).Select(static record => record.DecisionId).Distinct().Count());
    }

    [Fact]
    public async Task Cancelled_write_throws_and_keeps_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _audit.WriteAsync(default, new CancellationToken(canceled: true)));
        Assert.Single(_audit.Records);
    }

    private ValueTask<ToolDecision> PayAsync(int amount) => _guard.AuthorizeAsync(new ToolCall(Grant.Default, "pay", JsonElement.Parse($$"""{ "amount": {{amount}} }""")), Cancel);
}
