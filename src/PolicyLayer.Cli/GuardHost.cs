using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk;

namespace PolicyLayer.Cli;

/// <summary>A guard set up as a host does it, and its audit file, closed at the end.</summary>
internal sealed class GuardHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="addPolicies">Names the policies; every one must allow a call.</param>
    /// <param name="audit">Where the audit trail goes; null: nowhere.</param>
    /// <param name="isAuditRequired">Whether no call runs without a record.</param>
    /// <param name="state">Where counters are kept.</param>
    /// <param name="logger">Hears of what goes wrong meanwhile; null: nobody.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <param name="approvals">Who answers for people; null: nobody.</param>
    /// <param name="approvalWait">How long calls wait for an answer in <paramref name="state"/>; null: none is put there.</param>
    /// <exception cref="UsageException">Two policies have one name, or the audit file cannot be written.</exception>
    public GuardHost(Action<ToolPolicyOptions> addPolicies, AuditFile? audit, bool isAuditRequired, StateStore state, ILogger<ToolGuard>? logger = null, TimeProvider? time = null, IApprovalHandler? approvals = null, TimeSpan? approvalWait = null)
    {
        var services = new ServiceCollection();
        ToolPolicyBuilder builder = services.AddToolPolicies(addPolicies);
        services.AddSingleton(time ?? TimeProvider.System);
        state.AddTo(builder);
        if (logger is not null)
        {
            services.AddSingleton(logger);
        }

        if (approvals is not null)
        {
            builder.UseApprovalHandler(approvals);
        }

        if (approvalWait is { } wait)
        {
            state.AddApprovalsTo(builder);
            services.Configure<ToolPolicyOptions>(options => options.ApprovalWait = wait);
        }

        audit?.AddTo(builder);
        services.Configure<ToolPolicyOptions>(options => options.RequireAudit = isAuditRequired);
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

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
