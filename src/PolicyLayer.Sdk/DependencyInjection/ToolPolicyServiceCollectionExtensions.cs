using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Compilation;
using PolicyLayer.Sdk.Counting.Memory;
using PolicyLayer.Sdk.Counting.Pending;
using PolicyLayer.Sdk.Counting.Timeouts;
using PolicyLayer.Sdk.DependencyInjection;
using PolicyLayer.Sdk.Policies;
using PolicyLayer.Sdk.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds tool policies to a host.</summary>
public static class ToolPolicyServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="ToolGuard"/> with the policies that the options name. They are read and checked when the host starts; a policy with errors stops it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Names the policies; at least one.</param>
    /// <remarks>Calling it again adds to the options. An adapter, such as <c>WithToolPolicies()</c> of an MCP server, puts the guard in the way of calls.</remarks>
    public static ToolPolicyBuilder AddToolPolicies(this IServiceCollection services, Action<ToolPolicyOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<ToolPolicyOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ToolPolicyOptions>, ToolPolicyStartup>());
        services.TryAddSingleton(new HostServices(services));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(CreateTelemetry);
        services.TryAddSingleton(CreateAudit);
        services.TryAddSingleton<PolicySnapshot>();
        services.TryAddSingleton<PolicyReloader>();
        services.TryAddSingleton<IGrantResolver>(new DelegateGrantResolver(static _ => Grant.Default));
        services.TryAddSingleton<ICounterStore>(static provider => new MemoryCounterStore(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<ToolPolicyOptions>>().Value.MaxCounters));
        services.TryAddSingleton<IApprovalHandler>(NobodyAnswers.Instance);
        services.TryAddSingleton(CreateGuard);
        return new ToolPolicyBuilder(services);
    }

    private static ToolGuard CreateGuard(IServiceProvider provider)
    {
        ToolPolicyOptions options = provider.GetRequiredService<IOptions<ToolPolicyOptions>>().Value;
        IReadOnlyList<ToolPolicy> policies = provider.GetRequiredService<PolicySnapshot>().Load(options.Sources);
        GuardTelemetry telemetry = provider.GetRequiredService<GuardTelemetry>();
        var guard = new ToolGuard(
            new PolicySet([.. policies.Select(static policy => policy.Compiled)]),
            provider.GetRequiredService<ICounterStore>(),
            provider.GetRequiredService<AuditDispatcher>(),
            provider.GetRequiredService<IApprovalHandler>(),
            provider.GetRequiredService<TimeProvider>(),
            telemetry,
            new StoreRules(options.StoreTimeout, options.AllowWhenStoreUnavailable),
            new HostLimiters([.. provider.GetServices<HostLimiter>()]),
            provider.GetService<IApprovalStore>() is { } store ? new ApprovalRecords(store, options.ApprovalWait, options.StoreTimeout, provider.GetRequiredService<TimeProvider>()) : null);

        // Before the first call, so that the trail says which policies decided it; a factory of services cannot wait in another way.
        ContextFree.Wait(guard.AnnounceAsync);
        provider.GetRequiredService<PolicyReloader>().Watch(guard);
        return guard;
    }

    private static AuditDispatcher CreateAudit(IServiceProvider provider) => new(
        [.. provider.GetServices<IAuditSink>()],
        provider.GetRequiredService<IOptions<ToolPolicyOptions>>().Value.RequireAudit,
        provider.GetRequiredService<GuardTelemetry>());

    private static GuardTelemetry CreateTelemetry(IServiceProvider provider) => new(
        provider.GetService<ILogger<ToolGuard>>() ?? NullLogger<ToolGuard>.Instance,
        provider.GetService<IMeterFactory>()?.Create(ToolPolicyTelemetry.MeterName) is { } meter ? ToolPolicyMetrics.Of(meter) : null);
}
