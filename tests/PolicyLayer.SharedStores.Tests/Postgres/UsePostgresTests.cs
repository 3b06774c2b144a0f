using Microsoft.Extensions.DependencyInjection;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class UsePostgresTests
{
    [Fact]
    public void Host_that_ends_without_waiting_disposes_the_store()
    {
        var services = new ServiceCollection();
        services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse("""{ "version": "1", "default": "deny" }"""))).UsePostgres("Host=127.0.0.1;Port=1");
        using ServiceProvider host = services.BuildServiceProvider();
        Assert.NotNull(host.GetRequiredService<ToolGuard>());
    }
}
