using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.Sdk.Proxy.Tests.Support;

/// <summary>Keeps what the audit says: <c>tool reason</c> of each decision, and what became of the calls.</summary>
internal sealed class RecordingSink : IAuditSink
{
    public ConcurrentQueue<string> Decisions { get; } = [];

    public ConcurrentQueue<ToolOutcome> Outcomes { get; } = [];

    /// <summary>The server of each decision.</summary>
    public ConcurrentQueue<string?> Servers { get; } = [];

    public ToolGuard Guard(string policy, IApprovalHandler? approvals = null)
    {
        var services = new ServiceCollection();
        ToolPolicyBuilder builder = services.AddToolPolicies(options => options.AddPolicy(ToolPolicy.Parse(policy))).AddAuditSink(this);
        if (approvals is not null)
        {
            builder.UseApprovalHandler(approvals);
        }

        return services.BuildServiceProvider().GetRequiredService<ToolGuard>();
    }

    public ValueTask WriteAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        if (record.Kind == AuditKind.Decision)
        {
            Servers.Enqueue(record.Decision.Call.Server);
            Decisions.Enqueue($"{record.Decision.Call.Tool} {record.Decision.ReasonCode}");
        }
        else if (record.Outcome is { } outcome)
        {
            Outcomes.Enqueue(outcome);
        }

        return default;
    }
}
