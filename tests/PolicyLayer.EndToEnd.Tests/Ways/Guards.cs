using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk;
using PolicyLayer.Testing;

namespace PolicyLayer.EndToEnd.Tests.Ways;

/// <summary>Guards of a case's policies, by a clock that stands still.</summary>
internal static class Guards
{
    public static void Add(IServiceCollection services, WayCase of, Trail? trail)
    {
        services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        ToolPolicyBuilder builder = services.AddToolPolicies(options =>
        {
            for (int i = 0; i < of.Policies.Count; i++)
            {
                options.AddPolicy(ToolPolicy.Parse(of.Policies[i], NameOf(i)));
            }
        });
        if (trail is not null)
        {
            builder.AddAuditSink(trail);
        }
    }

    public static ServiceProvider Provide(WayCase of, Trail? trail)
    {
        var services = new ServiceCollection();
        Add(services, of, trail);
        return services.BuildServiceProvider();
    }

    /// <summary>The name of a policy, by its place.</summary>
    public static string NameOf(int place) => $"policy{place}";
}
