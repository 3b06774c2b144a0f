using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Postgres.Server;

namespace PolicyLayer.SharedStores.Tests.Postgres;

public sealed class UsePostgresTests
{
    [Fact]
    public void Host_that_ends_without_waiting_disposes_the_stores()
    {
        var services = new ServiceCollection();
        services.AddToolPolicies(static options => options.AddPolicy(ToolPolicy.Parse("""{ "version": "1", "default": "deny" }"""))).UsePostgres("Host=127.0.0.1;Port=1").UsePostgresApprovals("Host=127.0.0.1;Port=1");
        using ServiceProvider host = services.BuildServiceProvider();
        Assert.NotNull(host.GetRequiredService<ToolGuard>());
    }

    [Theory]
    [InlineData("", 8)]
    [InlineData(";Max Auto Prepare=0", 0)]
    [InlineData(";MaxAutoPrepare=0", 0)]
    [InlineData(";Max Auto Prepare=3", 3)]
    public void Host_may_say_how_many_statements_are_prepared(string said, int prepared) =>
        Assert.Equal(prepared, ConnectionText.Read("Host=db" + said).MaxAutoPrepare);
}
