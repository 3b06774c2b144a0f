using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Counting.Pending;
using PolicyLayer.Sdk.DependencyInjection;

namespace PolicyLayer.Sdk;

/// <summary>Adds to a host's policies: where the audit goes, whose calls they are.</summary>
public sealed class ToolPolicyBuilder
{
    internal ToolPolicyBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Appends the audit trail to a file as JSON lines, each with a hash that covers the one before, so that <c>policylayer audit verify</c> finds what was changed later. A file that cannot be opened stops the start.</summary>
    /// <param name="path">The file, made when missing; its folder must exist. One process at a time writes it.</param>
    public ToolPolicyBuilder AddAuditFile(string path) => AddTrail(path, default);

    /// <summary>The same, with hashes that only those can make who have a key: who can write the file cannot write it anew. Records of decisions that judged arguments then have a MAC of them too, by a key derived from this one.</summary>
    /// <param name="path">The file. One that was begun with another key is no whole any more: begin a new one. What stands in one that was begun without a key is spoken for by a checkpoint alone.</param>
    /// <param name="key">The key of an HMAC by SHA-256, at least 32 bytes, kept elsewhere than the file. Not copied: it must not change.</param>
    /// <exception cref="ArgumentException">The key is shorter than 32 bytes, as one is that was not found.</exception>
    public ToolPolicyBuilder AddAuditFile(string path, ReadOnlyMemory<byte> key) => key.Length >= AuditHash.ShortestKey
        ? AddTrail(path, key)
        : throw new ArgumentException($"the key has {key.Length} bytes; it needs at least {AuditHash.ShortestKey}", nameof(key));

    /// <summary>Sends the audit trail to a sink of the host's own.</summary>
    /// <param name="sink">The sink.</param>
    public ToolPolicyBuilder AddAuditSink(IAuditSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Services.AddSingleton(sink);
        return this;
    }

    /// <summary>Asks people where a policy wants approval. Without this, and without <see cref="UseApprovalsInMemory"/> or another store, nobody answers, and such calls are refused with <see cref="DecisionReason.ApprovalRequired"/>.</summary>
    /// <param name="handler">The handler; it replaces an earlier one.</param>
    public ToolPolicyBuilder UseApprovalHandler(IApprovalHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Services.AddSingleton(handler);
        return this;
    }

    /// <summary>Keeps calls that need approval in memory, so that a person can answer later, through <see cref="IApprovalStore"/> from the host's services. Such a call is refused, and when it has been approved the same call runs, once.</summary>
    /// <remarks>What waits, and what was answered, ends with the process. The packages of the counters' stores have one each that outlives it.</remarks>
    public ToolPolicyBuilder UseApprovalsInMemory() => UseApprovalStore(static services => new MemoryApprovalStore(services.GetRequiredService<TimeProvider>()));

    /// <summary>Keeps calls that need approval in a store of the host's own, so that a person can answer later. A handler is asked too, about what nobody has answered yet.</summary>
    /// <param name="store">The store, which stays the host's to dispose; it replaces an earlier one.</param>
    public ToolPolicyBuilder UseApprovalStore(IApprovalStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return AddApprovals(new ApprovalStoreSource(_ => store, IsOwned: false));
    }

    /// <summary>Keeps calls that need approval in a store of the host's own, made when it is first needed and disposed with the host.</summary>
    /// <param name="create">Makes it, once.</param>
    public ToolPolicyBuilder UseApprovalStore(Func<IServiceProvider, IApprovalStore> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return AddApprovals(new ApprovalStoreSource(create, IsOwned: true));
    }

    /// <summary>Counts limits in a store of the host's own, such as one that several processes share. Without this they are counted in memory.</summary>
    /// <param name="store">The store, which stays the host's to dispose; it replaces an earlier one. <see cref="ToolPolicyOptions.MaxCounters"/> says nothing of it, <see cref="ToolPolicyOptions.StoreTimeout"/> does.</param>
    public ToolPolicyBuilder UseCounterStore(ICounterStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        Services.AddSingleton(store);
        return this;
    }

    /// <summary>Counts limits in a store of the host's own, made when it is first needed and disposed with the host.</summary>
    /// <param name="create">Makes it, once.</param>
    public ToolPolicyBuilder UseCounterStore(Func<IServiceProvider, ICounterStore> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        Services.AddSingleton(create);
        return this;
    }

    /// <summary>Adds a rate limiter of the host's own as one more limit of every call, beside those of the policies. A call that it refuses is denied with <see cref="DecisionReason.LimitExceeded"/>, and charges no limit of a policy.</summary>
    /// <param name="name">What decisions call it, as <c>(rate limiter NAME)</c>.</param>
    /// <param name="limiter">Asked for one permit, without waiting, when all else allows the call; the lease is disposed when the call is settled, so limiters of calls that run at once work. It stays the host's to dispose. What it throws denies the call.</param>
    /// <remarks>It partitions by the call, whose arguments live only until the call is settled: it must not keep them.</remarks>
    public ToolPolicyBuilder AddRateLimiter(string name, PartitionedRateLimiter<ToolCall> limiter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(limiter);
        Services.AddSingleton(new HostLimiter(name, limiter));
        return this;
    }

    /// <summary>Tells whose call a call is. Without this every call belongs to <see cref="Grant.Default"/>.</summary>
    /// <param name="resolver">The resolver; it replaces an earlier one.</param>
    public ToolPolicyBuilder UseGrantResolver(IGrantResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        Services.AddSingleton(resolver);
        return this;
    }

    /// <summary>Tells whose call a call is.</summary>
    /// <param name="resolve">From what the adapter knows to a grant; null denies the call.</param>
    public ToolPolicyBuilder UseGrantResolver(Func<GrantRequest, Grant?> resolve)
    {
        ArgumentNullException.ThrowIfNull(resolve);
        return UseGrantResolver(new DelegateGrantResolver(resolve));
    }

    private ToolPolicyBuilder AddApprovals(ApprovalStoreSource source)
    {
        Services.AddSingleton(source);
        Services.TryAddSingleton<IApprovalStore>(RecordedApprovalStore.Of);
        return this;
    }

    private ToolPolicyBuilder AddTrail(string path, ReadOnlyMemory<byte> key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Services.AddSingleton<IAuditSink>(services => new JsonLinesAuditSink(path, services.GetRequiredService<TimeProvider>(), key));
        return this;
    }
}
