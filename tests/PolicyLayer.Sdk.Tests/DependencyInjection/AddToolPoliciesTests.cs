using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Tests.Support;
using PolicyLayer.Testing;

namespace PolicyLayer.Sdk.Tests.DependencyInjection;

public sealed class AddToolPoliciesTests
{
    private const string Allowing = """{ "version": "1", "default": "deny", "tools": { "t": { "limits": [{ "counter": "c", "window": "day", "max": 1 }] } } }""";

    [Fact]
    public void Bare_collection_without_logging_gives_a_guard()
    {
        using ServiceProvider services = Add(o => o.AddPolicy(ToolPolicy.Parse(Allowing))).Services.BuildServiceProvider(Strict);
        ToolGuard guard = services.GetRequiredService<ToolGuard>();
        Assert.Same(guard, services.GetRequiredService<ToolGuard>());
        Start(services);
        Assert.True(guard.Decide("t").IsAllowed);
        Assert.False(guard.Decide("t").IsAllowed);
    }

    [Fact]
    public void Counters_of_the_host_live_in_memory_up_to_its_bound()
    {
        using ServiceProvider services = Add(o => { o.MaxCounters = 2; o.AddPolicy(ToolPolicy.Parse(Allowing)); }).Services.BuildServiceProvider(Strict);
        ToolGuard guard = services.GetRequiredService<ToolGuard>();
        Assert.True(guard.Decide("t", grant: new Grant("a")).IsAllowed);
        Assert.True(guard.Decide("t", grant: new Grant("b")).IsAllowed);
        Assert.Equal(DecisionReason.StoreUnavailable, guard.Decide("t", grant: new Grant("c")).Reason);
        Assert.Equal(DecisionReason.LimitExceeded, guard.Decide("t", grant: new Grant("a")).Reason);
    }

    [Theory]
    [InlineData(false, DecisionReason.StoreUnavailable)]
    [InlineData(true, DecisionReason.AllowedUncounted)]
    public void Store_of_the_host_counts_and_what_follows_when_it_does_not_answer_is_an_option(bool allows, DecisionReason reason)
    {
        ToolPolicyBuilder builder = Add(o => { o.AllowWhenStoreUnavailable = allows; o.AddPolicy(ToolPolicy.Parse(Allowing)); });
        using ServiceProvider services = builder.UseCounterStore(new FailingStore(static _ => throw new CounterStoreException())).Services.BuildServiceProvider(Strict);
        Start(services);
        Assert.Equal(reason, services.GetRequiredService<ToolGuard>().Decide("t").Reason);
    }

    [Fact]
    public void Store_that_the_host_makes_goes_with_it_and_one_that_it_gives_does_not()
    {
        using var given = new DisposableStore();
        var made = new DisposableStore();
        foreach (ToolPolicyBuilder builder in new[] { Add(Once).UseCounterStore(given), Add(Once).UseCounterStore(_ => made) })
        {
            using ServiceProvider services = builder.Services.BuildServiceProvider(Strict);
            ToolGuard guard = services.GetRequiredService<ToolGuard>();
            Assert.Equal((true, false), (guard.Decide("t").IsAllowed, guard.Decide("t").IsAllowed));
        }

        Assert.Equal((false, true), (given.IsDisposed, made.IsDisposed));
        static void Once(ToolPolicyOptions options) => options.AddPolicy(ToolPolicy.Parse(Allowing));
    }

    [Fact]
    public void No_policy_fails_at_start_and_when_the_guard_is_made()
    {
        using ServiceProvider services = Add(static _ => { }).Services.BuildServiceProvider(Strict);
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => Start(services));
        Assert.Contains("no policy is configured", e.Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(services.GetRequiredService<ToolGuard>);
    }

    [Fact]
    public void Missing_file_fails_at_start_with_its_path()
    {
        using var file = new TemporaryFile();
        using ServiceProvider services = Add(o => o.AddPolicyFile(file.Path)).Services.BuildServiceProvider(Strict);
        OptionsValidationException e = Assert.Throws<OptionsValidationException>(() => Start(services));
        Assert.Contains($"{file.Path}: error PL1001: ", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_that_the_host_cannot_read_is_not_told_as_an_audit_file()
    {
        using ServiceProvider services = Add(o => o.AddPolicy(() => ToolPolicy.Parse(File.ReadAllText("/no/such/policy.json")))).Services.BuildServiceProvider(Strict);
        Exception e = Assert.ThrowsAny<Exception>(() => Start(services));
        Assert.DoesNotContain("audit", e.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such/policy.json", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_files_fail_at_start_with_every_error_and_its_position_on_a_line_of_its_own()
    {
        using var one = new TemporaryFile("{ \"version\": \"1\",\n  \"defalt\": \"deny\" }"u8.ToArray());
        using var other = new TemporaryFile("{"u8.ToArray(), "other.json");
        using ServiceProvider services = Add(o => o.AddPolicyFile(one.Path).AddPolicyFile(other.Path)).Services.BuildServiceProvider(Strict);
        string[] lines = Assert.Throws<OptionsValidationException>(() => Start(services)).Message.Split(Environment.NewLine);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith($"{one.Path}(1,1): error PL1008: `default` is missing", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{one.Path}(2,3): error PL1007: unknown member `defalt`; did you mean `default`?", lines[2], StringComparison.Ordinal);
        Assert.StartsWith($"{other.Path}(1,2): error PL1004: ", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Two_policies_of_one_name_fail_at_start()
    {
        ToolPolicy policy = ToolPolicy.Parse(Allowing);
        using ServiceProvider services = Add(o => o.AddPolicy(policy).AddPolicy(policy)).Services.BuildServiceProvider(Strict);
        Assert.Contains("two policies are named `policy`", Assert.Throws<OptionsValidationException>(() => Start(services)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Called_twice_adds_up()
    {
        var services = new ServiceCollection();
        services.AddToolPolicies(o => o.AddPolicy(ToolPolicy.Parse(Allowing, "a")));
        services.AddToolPolicies(o => o.AddPolicy(ToolPolicy.Parse("""{ "version": "1", "default": "allow", "hide": ["t"] }""", "b")));
        Assert.Single(services, static service => service.ServiceType == typeof(ToolGuard));
        Assert.Single(services, static service => service.ServiceType == typeof(IValidateOptions<ToolPolicyOptions>));
        using ServiceProvider provider = services.BuildServiceProvider(Strict);
        Start(provider);
        ToolDecision decision = provider.GetRequiredService<ToolGuard>().Decide("t");
        Assert.Equal((DecisionReason.Hidden, 1), (decision.Reason, decision.Layer));
    }

    [Fact]
    public void Policy_file_is_read_once_however_often_the_options_are_checked()
    {
        using var file = new TemporaryFile(System.Text.Encoding.UTF8.GetBytes(Allowing));
        using ServiceProvider services = Add(o => o.AddPolicyFile(file.Path)).Services.BuildServiceProvider(Strict);
        Start(services);
        string? version = services.GetRequiredService<ToolGuard>().Decide("t").PolicyVersion;
        File.WriteAllText(file.Path, "broken");
        Start(services);
        using IServiceScope scope = services.CreateScope();
        Assert.NotNull(scope.ServiceProvider.GetRequiredService<IOptionsSnapshot<ToolPolicyOptions>>().Value);
        Assert.Equal(version, services.GetRequiredService<ToolGuard>().Decide("t").PolicyVersion);
    }

    [Fact]
    public async Task Audit_file_is_opened_at_start_told_the_policy_and_closed_with_the_host()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        ToolPolicyBuilder builder = Add(o => o.AddPolicy(ToolPolicy.Parse(Allowing)));
        builder.AddAuditFile(file.Path);
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        await using (ServiceProvider services = builder.Services.BuildServiceProvider(Strict))
        {
            Start(services);
            Start(services);
            ToolGuard guard = services.GetRequiredService<ToolGuard>();
            guard.Complete(guard.Decide("t"), ToolOutcome.Ok);
        }

        string[] kinds = [.. File.ReadLines(file.Path).Select(static line => System.Text.Json.JsonElement.Parse(line).GetProperty("kind").GetString()!)];
        Assert.Equal(["start", "policy", "decision", "outcome", "stop"], kinds);
    }

    [Fact]
    public void Audit_file_that_cannot_be_opened_fails_at_start()
    {
        using var file = new TemporaryFile();
        foreach ((string path, string problem) in new[]
        {
            (Path.Combine(file.Folder, "no", "audit.jsonl"), ": there is no such folder"),
            (file.Folder, ": this is a folder"),
            ("audit\0.jsonl", " for writing, or another process holds it: "),
        })
        {
            using ServiceProvider services = Add(o => o.AddPolicy(ToolPolicy.Parse(Allowing))).AddAuditFile(path).Services.BuildServiceProvider(Strict);
            Assert.Contains($"the audit file `{path}` cannot be opened{problem}", Assert.Throws<OptionsValidationException>(() => Start(services)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Audit_file_that_another_host_holds_fails_at_start()
    {
        using var file = new TemporaryFile(name: "audit.jsonl");
        using ServiceProvider first = Add(o => o.AddPolicy(ToolPolicy.Parse(Allowing))).AddAuditFile(file.Path).Services.BuildServiceProvider(Strict);
        Start(first);
        using ServiceProvider second = Add(o => o.AddPolicy(ToolPolicy.Parse(Allowing))).AddAuditFile(file.Path).Services.BuildServiceProvider(Strict);
        Assert.Contains("another process holds it", Assert.Throws<OptionsValidationException>(() => Start(second)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Required_audit_and_several_sinks_reach_the_guard()
    {
        var first = new RecordingSink();
        var second = new RecordingSink();
        ToolPolicyBuilder builder = Add(o =>
        {
            o.RequireAudit = true;
            o.AddPolicy(ToolPolicy.Parse(Allowing));
        });
        builder.AddAuditSink(first).AddAuditSink(second);
        using ServiceProvider services = builder.Services.BuildServiceProvider(Strict);
        ToolGuard guard = services.GetRequiredService<ToolGuard>();
        second.Before = static _ => throw new IOException();
        Assert.Equal(DecisionReason.AuditUnavailable, guard.Decide("t").Reason);
        second.Before = null;
        Assert.True(guard.Decide("t").IsAllowed);
        Assert.Equal(["policy -", "decision allow", "decision deny", "decision allow"], first.Lines.Select(static line => JsonElement.Parse(line)).Select(static line =>
            $"{line.GetProperty("kind").GetString()} {(line.TryGetProperty("decision", out JsonElement decision) ? decision.GetString() : "-")}"));
    }

    // Nothing would be recorded, and every call would run.
    [Fact]
    public void Required_audit_without_a_sink_fails_at_start_and_when_the_guard_is_made()
    {
        using ServiceProvider services = Add(o =>
        {
            o.RequireAudit = true;
            o.AddPolicy(ToolPolicy.Parse(Allowing));
        }).Services.BuildServiceProvider(Strict);
        Assert.Contains("RequireAudit", Assert.Throws<OptionsValidationException>(() => Start(services)).Message, StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(services.GetRequiredService<ToolGuard>);
    }

    [Fact]
    public async Task Grant_resolver_is_the_default_grant_or_the_last_one_named()
    {
        using ServiceProvider plain = Add(static _ => { }).Services.BuildServiceProvider(Strict);
        Assert.Same(Grant.Default, await plain.GetRequiredService<IGrantResolver>().ResolveAsync(default, TestContext.Current.CancellationToken));
        ToolPolicyBuilder builder = Add(static _ => { }).UseGrantResolver(static _ => new Grant("first")).UseGrantResolver(static _ => new Grant("last"));
        using ServiceProvider named = builder.Services.BuildServiceProvider(Strict);
        Assert.Equal("last", (await named.GetRequiredService<IGrantResolver>().ResolveAsync(default, TestContext.Current.CancellationToken))?.Id);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Mcp_server_that_nothing_guards_is_warned_of_once(bool enforced, int warnings)
    {
        var logger = new RecordingLogger();
        ToolPolicyBuilder builder = Add(o => o.AddPolicy(ToolPolicy.Parse(Allowing)));
        builder.Services.AddSingleton<ILogger<ToolGuard>>(logger);
        builder.Services.AddSingleton<IConfigureOptions<ModelContextProtocol.Server.McpServerOptions>>(new ConfigureOptions<ModelContextProtocol.Server.McpServerOptions>(null));
        if (enforced)
        {
            builder.Services.AddSingleton(new ToolPolicyEnforcementPoint("test"));
        }

        using ServiceProvider services = builder.Services.BuildServiceProvider(Strict);
        Start(services);
        Start(services);
        Assert.Equal(warnings, logger.Entries.Count(static entry => entry.Level == LogLevel.Warning && entry.Text.Contains("nothing enforces", StringComparison.Ordinal)));
    }

    [Fact]
    public void Null_arguments_throw()
    {
        Assert.Throws<ArgumentNullException>(() => ((IServiceCollection)null!).AddToolPolicies(static _ => { }));
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddToolPolicies(null!));
        Assert.Throws<ArgumentException>(() => Add(static _ => { }).AddAuditFile(" "));
        Assert.Throws<ArgumentNullException>(() => Add(static _ => { }).AddAuditSink(null!));
        Assert.Throws<ArgumentNullException>(() => Add(static _ => { }).UseGrantResolver((Func<GrantRequest, Grant?>)null!));
        Assert.Throws<ArgumentNullException>(() => Add(static _ => { }).UseGrantResolver((IGrantResolver)null!));
        Assert.Throws<ArgumentNullException>(() => Add(static _ => { }).UseCounterStore((ICounterStore)null!));
        Assert.Throws<ArgumentNullException>(() => Add(static _ => { }).UseCounterStore((Func<IServiceProvider, ICounterStore>)null!));
        Assert.Throws<ArgumentException>(() => new Grant(" "));
    }

    private static ServiceProviderOptions Strict { get; } = new() { ValidateOnBuild = true, ValidateScopes = true };

    private static ToolPolicyBuilder Add(Action<ToolPolicyOptions> configure) => new ServiceCollection().AddToolPolicies(configure);

    private sealed class DisposableStore : ICounterStore, IDisposable
    {
        private readonly MemoryCounterStore _inner = new(TimeProvider.System);

        public bool IsDisposed { get; private set; }

        public ValueTask<CounterReservation> ReserveAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => _inner.ReserveAsync(demands, cancellationToken);

        public ValueTask<CounterReservation> PeekAsync(ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => _inner.PeekAsync(demands, cancellationToken);

        public ValueTask RefundAsync(CounterReservation reservation, ReadOnlyMemory<CounterDemand> demands, CancellationToken cancellationToken) => _inner.RefundAsync(reservation, demands, cancellationToken);

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>What a host does when it starts.</summary>
    private static void Start(IServiceProvider services) => services.GetRequiredService<IStartupValidator>().Validate();
}
