using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli;

/// <summary>A guard set up as a host does it, and its audit file, closed at the end.</summary>
internal sealed class GuardHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IReadOnlyList<ToolPolicy> _policies;

    /// <summary>The guards of some of the policies, by their names.</summary>
    private readonly ConcurrentDictionary<string, Lazy<GuardHost>> _parts = new(StringComparer.Ordinal);

    /// <param name="policies">Every one must allow a call.</param>
    /// <param name="auditFile">Where the audit trail goes; null: nowhere.</param>
    /// <param name="state">Where counters are kept.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="approvals">Who answers for people; null: nobody.</param>
    /// <exception cref="UsageException">Two policies have one name, or the audit file cannot be written.</exception>
    public GuardHost(IReadOnlyList<ToolPolicy> policies, string? auditFile, StateStore state, TimeProvider? time = null, IApprovalHandler? approvals = null)
        : this(policies, builder =>
        {
            builder.Services.AddSingleton(time ?? TimeProvider.System);
            state.AddTo(builder);
            if (approvals is not null)
            {
                builder.UseApprovalHandler(approvals);
            }

            if (auditFile is not null)
            {
                builder.AddAuditFile(auditFile);
            }
        })
    {
    }

    private GuardHost(IReadOnlyList<ToolPolicy> policies, Action<ToolPolicyBuilder> configure)
    {
        _policies = policies;
        var services = new ServiceCollection();
        configure(services.AddToolPolicies(options =>
        {
            foreach (ToolPolicy policy in policies)
            {
                options.AddPolicy(policy);
            }
        }));
        _services = services.BuildServiceProvider();
        try
        {
            Guard = _services.GetRequiredService<ToolGuard>();
        }
        catch (OptionsValidationException e)
        {
            _services.Dispose();
            throw new UsageException(e.Failures.First());
        }
    }

    public ToolGuard Guard { get; }

    /// <summary>The guard of some of the policies, which counts and records where the one of all of them does; null when a name is none of theirs.</summary>
    public ToolGuard? Find(IReadOnlyList<string> names)
    {
        ToolPolicy[] part = [.. _policies.Where(policy => names.Contains(policy.Name, StringComparer.Ordinal))];
        return part.Length == 0 || part.Length != names.Distinct(StringComparer.Ordinal).Count() ? null
            : part.Length == _policies.Count ? Guard
            : _parts.GetOrAdd(string.Join('\n', part.Select(static policy => policy.Name)), _ => new Lazy<GuardHost>(() => new GuardHost(part, Share))).Value.Guard;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<GuardHost> part in _parts.Values)
        {
            await part.Value.DisposeAsync().ConfigureAwait(false);
        }

        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private void Share(ToolPolicyBuilder builder)
    {
        builder.Services.AddSingleton(_services.GetRequiredService<TimeProvider>());
        builder.UseCounterStore(_services.GetRequiredService<ICounterStore>());
        foreach (IAuditSink sink in _services.GetServices<IAuditSink>())
        {
            builder.AddAuditSink(sink);
        }
    }
}
