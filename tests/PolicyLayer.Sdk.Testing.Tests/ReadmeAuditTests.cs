using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>The test of an audit that the README shows, word for word.</summary>
public sealed class ReadmeAuditTests
{
    [Fact]
    public async Task Denied_call_is_in_the_audit()
    {
        var services = new ServiceCollection();
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;

        var audit = new RecordingAuditSink();
        services.AddToolPolicies(o => o.AddPolicyFile("policy.json"))                    // what your host does
                .AddAuditSink(audit);

        await using ServiceProvider host = services.BuildServiceProvider();
        await host.GetRequiredService<ToolGuard>().AuthorizeAsync(new ToolCall(new Grant("ci"), "delete_charge"), cancellationToken);

        RecordedAudit record = audit.Records.Single(record => record.Kind == AuditKind.Decision);
        Assert.Equal(("ci", "delete_charge", DecisionReason.DefaultDeny), (record.GrantId, record.Tool, record.Reason));
    }
}
