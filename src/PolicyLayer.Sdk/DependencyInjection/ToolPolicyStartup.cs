using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PolicyLayer.Sdk.Auditing;
using PolicyLayer.Sdk.Policies;
using PolicyLayer.Sdk.Telemetry;

namespace PolicyLayer.Sdk.DependencyInjection;

/// <summary>What is checked when the host starts: every policy is sound, the audit can be written, something enforces.</summary>
internal sealed class ToolPolicyStartup(PolicySnapshot snapshot, HostServices host, IServiceProvider provider) : IValidateOptions<ToolPolicyOptions>
{
    private bool _warned;

    public ValidateOptionsResult Validate(string? name, ToolPolicyOptions options)
    {
        if (options.Sources.Count == 0)
        {
            return ValidateOptionsResult.Fail("no policy is configured; write AddToolPolicies(o => o.AddPolicyFile(\"policy.json\"))");
        }

        try
        {
            IReadOnlyList<ToolPolicy> policies = snapshot.Load(options.Sources);
            if (policies.GroupBy(static policy => policy.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twins)
            {
                return ValidateOptionsResult.Fail($"two policies are named `{twins.Key}`, so their counters would be mixed; give each its own name");
            }
        }
        catch (PolicyFormatException e)
        {
            return ValidateOptionsResult.Fail("the policy cannot be used:" + Environment.NewLine + e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"the policy cannot be read: {e.Message}");
        }

        try
        {
            if (options.RequireAudit && !provider.GetServices<IAuditSink>().Any())
            {
                return ValidateOptionsResult.Fail("RequireAudit is set, and there is no audit; write AddToolPolicies(…).AddAuditFile(\"audit.jsonl\"), or leave it out");
            }

            if (provider.GetServices<IAuditSink>().OfType<JsonLinesAuditSink>().Select(WhyNotOpen).FirstOrDefault(static problem => problem is not null) is { } problem)
            {
                return ValidateOptionsResult.Fail(problem);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail($"the audit cannot be opened: {e.Message}");
        }

        WarnIfUnguarded();
        return ValidateOptionsResult.Success;
    }

    private static string? WhyNotOpen(JsonLinesAuditSink sink)
    {
        try
        {
            sink.Open();
            return null;
        }
        catch (Exception e) when (sink.WhyNotOpen(e) is { } problem)
        {
            return problem;
        }
    }

    private void WarnIfUnguarded()
    {
        if (!_warned && host.HasUnguardedMcpServer)
        {
            _warned = true;
            Log.NothingEnforces(QuietLogger.Around(provider.GetService<ILogger<ToolGuard>>() ?? NullLogger<ToolGuard>.Instance));
        }
    }
}
