using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.Telemetry;

/// <summary>What is a line of level Error in the log is counted too, whether or not there is a log.</summary>
public sealed class FailureMetricsTests : IDisposable
{
    private const string Limited = """{ "t": { "limits": [{ "counter": "c", "window": "day", "max": 9 }] }, "free": {} }""";

    private readonly HeardMetrics _heard = new();
    private readonly RecordingLogger _log = new();

    public void Dispose() => _heard.Dispose();

    [Theory]
    [InlineData(false, "deny")]
    [InlineData(true, "allow")]
    public void Store_that_does_not_answer(bool allows, string result)
    {
        var store = new FailingStore(static _ => throw new IOException());
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], counters: store, logger: _log, store: new(TimeSpan.FromSeconds(1), allows), metrics: _heard.Metrics);
        Assert.Equal(allows, guard.Decide("t").IsAllowed);
        AssertOne("store", "counters did not answer");
        Assert.Equal([$"policylayer.decision.reason=store_unavailable, policylayer.decision.result={result}, gen_ai.tool.name=t"], _heard.TagsOf("policylayer.decisions"));
    }

    [Fact]
    public void Place_that_cannot_be_given_back()
    {
        var store = new FailingStore(static _ => new(CounterReservation.Reserved()), static () => throw new IOException());
        ToolGuard guard = Judging.Guard([Judging.Tools(Limited)], counters: store, logger: _log, metrics: _heard.Metrics);
        guard.Complete(guard.Decide("t"), ToolOutcome.NotRun);
        AssertOne("settlement", "could not be settled");
        Assert.Equal(["policylayer.outcome=not_run, gen_ai.tool.name=t"], _heard.TagsOf("policylayer.outcomes"));
    }

    [Fact]
    public void Handler_of_approvals_that_throws()
    {
        var handler = new StaffedHandler(static () => throw new IOException());
        ToolPolicy policy = Judging.Tools("""{ "t": { "action": "require_approval" } }""");
        Judging.Guard([policy], logger: _log, approvals: handler, metrics: _heard.Metrics).Decide("t");
        AssertOne("approval", "could be asked for approval");
        Assert.Equal(["policylayer.decision.reason=evaluation_error, policylayer.decision.result=deny, gen_ai.tool.name=t"], _heard.TagsOf("policylayer.decisions"));
    }

    [Fact]
    public void Store_of_approvals_that_throws()
    {
        var records = new ApprovalRecords(new FailingApprovals(static _ => throw new IOException()), TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeProvider.System);
        ToolPolicy policy = Judging.Tools("""{ "t": { "action": "require_approval" } }""");
        Judging.Guard([policy], logger: _log, records: records, metrics: _heard.Metrics).Decide("t");
        AssertOne("approval", "could be asked for approval, so the call was denied: IOException");
        Assert.Equal(["policylayer.decision.reason=store_unavailable, policylayer.decision.result=deny, gen_ai.tool.name=t"], _heard.TagsOf("policylayer.decisions"));
    }

    [Fact]
    public void Call_that_cannot_be_judged()
    {
        using JsonDocument gone = JsonDocument.Parse("{}");
        JsonElement arguments = gone.RootElement;
        gone.Dispose();
        Judging.Guard([Judging.Tools(Limited)], logger: _log, metrics: _heard.Metrics).Decide(new ToolCall(Grant.Default, "free", arguments));
        AssertOne("evaluation", "could not be judged");
    }

    [Fact]
    public void Schema_of_a_tool_that_cannot_be_enforced()
    {
        var broken = ToolSchema.Compile(JsonElement.Parse("""{ "type": "strin" }"""));
        ToolCall call = Judging.Call("free", "{}") with { Context = new ToolCallContext { InputSchema = broken } };
        Judging.Guard([Judging.Tools(Limited)], logger: _log, metrics: _heard.Metrics).Decide(call);
        AssertOne("input_schema", "cannot be enforced");
    }

    [Theory]
    [InlineData(false, "allowed", "allow")]
    [InlineData(true, "audit_unavailable", "deny")]
    public void Record_that_a_sink_does_not_take(bool required, string reason, string result)
    {
        var sink = new RecordingSink { Before = static record => record.Kind == AuditKind.Policy ? default : throw new IOException() };
        using ServiceProvider host = Host(builder => builder.AddAuditSink(sink), options => options.RequireAudit = required);
        host.GetRequiredService<ToolGuard>().Decide("free");
        AssertOne("audit", "did not take an audit record");
        Assert.Equal([$"policylayer.decision.reason={reason}, policylayer.decision.result={result}, gen_ai.tool.name=free"], _heard.TagsOf("policylayer.decisions"));
    }

    [Fact]
    public void Limiter_of_the_host_that_throws()
    {
        using PartitionedRateLimiter<ToolCall> limiter = PartitionedRateLimiter.Create<ToolCall, string>(static _ => throw new InvalidOperationException());
        using ServiceProvider host = Host(builder => builder.AddRateLimiter("mine", limiter));
        host.GetRequiredService<ToolGuard>().Decide("free");
        AssertOne("limiter", "rate limiter of the host failed");
    }

    [Fact]
    public async Task Grant_that_cannot_be_found()
    {
        await using ServiceProvider host = Host(static builder => builder.UseGrantResolver(static _ => throw new IOException()));
        Assert.Null(await GrantResolvers.FindGrantAsync(null, new GrantRequest(null, host), TestContext.Current.CancellationToken));
        AssertOne("grant", "grant of a caller could not be found");
    }

    [Fact]
    public void Policy_that_has_changed_and_cannot_be_used()
    {
        var time = new ManualTimeProvider();
        using var file = new TemporaryFile("""{ "version": "1", "default": "allow" }"""u8.ToArray());
        using ServiceProvider host = Host(builder => builder.Services.AddSingleton<TimeProvider>(time), options => options.AddPolicyFile(file.Path, reloadOnChange: true));
        host.GetRequiredService<ToolGuard>();
        File.WriteAllText(file.Path, """{ "version": "1", "defautl": "deny" }""");
        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        AssertOne("reload", "stays in force");
    }

    [Fact]
    public void Handler_of_changes_that_throws()
    {
        var time = new ManualTimeProvider();
        using var file = new TemporaryFile("""{ "version": "1", "default": "allow" }"""u8.ToArray());
        using ServiceProvider host = Host(builder => builder.Services.AddSingleton<TimeProvider>(time), options => options.AddPolicyFile(file.Path, reloadOnChange: true));
        host.GetRequiredService<ToolGuard>().PoliciesChanged += static (_, _) => throw new InvalidOperationException();
        File.WriteAllText(file.Path, """{ "version": "1", "default": "deny" }""");
        time.Advance(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        AssertOne("reload", "could not be put in force");
    }

    // A log that drops errors hides none of them from the metrics.
    [Fact]
    public void Failure_is_counted_without_a_log()
    {
        var store = new FailingStore(static _ => throw new IOException());
        Judging.Guard([Judging.Tools(Limited)], counters: store, metrics: _heard.Metrics).Decide("t");
        Assert.Equal(["policylayer.failure=store"], _heard.TagsOf("policylayer.failures"));
    }

    private void AssertOne(string failure, string line)
    {
        Assert.Equal([$"policylayer.failure={failure}"], _heard.TagsOf("policylayer.failures"));
        Assert.Contains(line, Assert.Single(_log.Entries, static entry => entry.Level == LogLevel.Error).Text, StringComparison.Ordinal);
    }

    private ServiceProvider Host(Action<ToolPolicyBuilder> configure, Action<ToolPolicyOptions>? options = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IMeterFactory>(_heard);
        services.AddSingleton<ILogger<ToolGuard>>(_log);
        ToolPolicyBuilder builder = services.AddToolPolicies(o =>
        {
            o.AddPolicy(Judging.Tools(Limited, "limited"));
            options?.Invoke(o);
        });
        configure(builder);
        return services.BuildServiceProvider();
    }
}
