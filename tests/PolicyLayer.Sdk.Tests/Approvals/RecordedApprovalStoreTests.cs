using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Approvals;

/// <summary>Answers that are given through the host's store are in its audit.</summary>
public sealed class RecordedApprovalStoreTests : IAsyncDisposable
{
    private const string Policy = """{ "pay": { "require_approval": [{ "name": "large", "conditions": [{ "path": "args.note", "op": "exists", "value": true }] }] } }""";

    private readonly RecordingSink _sink = new();
    private readonly List<ServiceProvider> _hosts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider host in _hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Answer_that_counts_is_a_record_of_who_said_what_of_which_call()
    {
        (ToolGuard guard, IApprovalStore store) = Start();
        string id = await AskAsync(guard);
        await store.AnswerAsync(id, true, "ann", Token);
        await store.AnswerAsync(id, true, "bob", Token);
        await store.AnswerAsync(id, false, "bob", Token);
        await store.AnswerAsync(id, false, "ann", Token);
        await store.AnswerAsync(id, true, "ann", Token);
        Assert.Null(await store.AnswerAsync("unknown", true, "ann", Token));
        string policy = (await store.FindAsync(id, Token))!.PolicyVersion;
        string call = $$"""
            "grant":"g","grant_label":"label","session":"s","user":"u","server":"v","tool":"pay"
            """;
        Assert.Equal(
            [
                $$"""{"v":1,"seq":1,"ts":"2026-01-01T00:00:00.000000Z","kind":"approval",{{call}},"decision":"allow","reason":"approved","approval_id":"{{id}}","answered_by":"ann","policy":"{{policy}}"}""",
                $$"""{"v":1,"seq":1,"ts":"2026-01-01T00:00:00.000000Z","kind":"approval",{{call}},"decision":"deny","reason":"approval_denied","rule":"/tools/pay/require_approval/large","approval_id":"{{id}}","answered_by":"bob","policy":"{{policy}}"}""",
            ],
            Answers());
        Assert.DoesNotContain("hunter2", string.Concat(_sink.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handlers_answer_is_one_too()
    {
        (ToolGuard guard, _) = Start(builder => builder.UseApprovalHandler(new StaffedHandler(static () => new(ApprovalAnswer.Approved))));
        Assert.Equal(DecisionReason.Approved, (await PayAsync(guard)).Reason);
        Assert.Equal(["policy", "approval", "decision"], _sink.Lines.Select(static line => JsonElement.Parse(line).GetProperty("kind").GetString()));
    }

    [Theory]
    [InlineData(true, ApprovalStatus.Denied)]
    [InlineData(false, ApprovalStatus.Approved)]
    public async Task Approval_without_a_record_counts_only_where_calls_may_go_without_one(bool isRequired, ApprovalStatus expected)
    {
        (ToolGuard guard, IApprovalStore store) = Start(isRequired: isRequired);
        string id = await AskAsync(guard);
        _sink.Before = static record => record.Kind == AuditKind.Approval ? throw new IOException("the disk is full") : default;
        ValueTask<StoredApproval?> answering = store.AnswerAsync(id, true, "ann", Token);
        if (isRequired)
        {
            Assert.Equal("the approval could not be recorded, so it was taken back", (await Assert.ThrowsAsync<CounterStoreException>(async () => await answering)).Message);
        }

        Assert.Equal(expected, (await store.FindAsync(id, Token))!.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Denial_without_a_record_counts_and_is_told_where_a_record_is_required(bool isRequired)
    {
        (ToolGuard guard, IApprovalStore store) = Start(isRequired: isRequired);
        string id = await AskAsync(guard);
        _sink.Before = static _ => throw new IOException("the disk is full");
        ValueTask<StoredApproval?> answering = store.AnswerAsync(id, false, "ann", Token);
        if (isRequired)
        {
            Assert.Equal("the denial counts, and could not be recorded", (await Assert.ThrowsAsync<CounterStoreException>(async () => await answering)).Message);
        }

        Assert.Equal(ApprovalStatus.Denied, (await store.FindAsync(id, Token))!.Status);
    }

    [Fact]
    public async Task Answer_that_is_given_up_before_its_record_is_taken_back_where_one_is_required()
    {
        (ToolGuard guard, IApprovalStore store) = Start(isRequired: true);
        string id = await AskAsync(guard);
        using var gone = new CancellationTokenSource();
        _sink.Before = async _ => await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.AnswerAsync(id, true, "ann", gone.Token));
        Assert.Equal(ApprovalStatus.Denied, (await store.FindAsync(id, Token))!.Status);
    }

    [Fact]
    public async Task Store_of_the_host_stays_the_hosts_and_one_that_is_made_ends_with_it()
    {
        var own = new DisposableStore();
        var made = new DisposableStore();
        (_, IApprovalStore first) = Start(builder => builder.UseApprovalStore(_ => made).UseApprovalStore(own));
        Assert.Empty(await first.ListAsync(Token));
        await _hosts[0].DisposeAsync();
        Assert.Equal((false, false), (own.IsDisposed, made.IsDisposed));

        (_, IApprovalStore second) = Start(builder => builder.UseApprovalStore(own).UseApprovalStore(_ => made));
        Assert.Empty(await second.ListAsync(Token));
        await _hosts[1].DisposeAsync();
        Assert.Equal((false, true), (own.IsDisposed, made.IsDisposed));
    }

    private static ValueTask<ToolDecision> PayAsync(ToolGuard guard) =>
        guard.AuthorizeAsync(new ToolCall(new Grant("g", "label"), "pay", JsonElement.Parse("""{ "note": "hunter2" }""")) { Session = "s", User = "u", Server = "v" }, Token);

    private static async Task<string> AskAsync(ToolGuard guard) => (await PayAsync(guard)).ApprovalId!;

    private IEnumerable<string> Answers() => _sink.Lines.Where(static line => line.Contains("\"kind\":\"approval\"", StringComparison.Ordinal));

    private (ToolGuard Guard, IApprovalStore Store) Start(Action<ToolPolicyBuilder>? configure = null, bool isRequired = false)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        ToolPolicyBuilder builder = services.AddToolPolicies(options =>
        {
            options.AddPolicy(Judging.Tools(Policy));
            options.RequireAudit = isRequired;
        }).UseApprovalsInMemory().AddAuditSink(_sink);
        configure?.Invoke(builder);
        _hosts.Add(services.BuildServiceProvider(validateScopes: true));
        return (_hosts[^1].GetRequiredService<ToolGuard>(), _hosts[^1].GetRequiredService<IApprovalStore>());
    }

    private sealed class DisposableStore : IApprovalStore, IAsyncDisposable
    {
        private readonly MemoryApprovalStore _inner = new(TimeProvider.System);

        public bool IsDisposed { get; private set; }

        public ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken) => _inner.AskAsync(asked, cancellationToken);

        public ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken) => _inner.AnswerAsync(id, isApproved, by, cancellationToken);

        public ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken) => _inner.FindAsync(id, cancellationToken);

        public ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken) => _inner.ListAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return default;
        }
    }
}
