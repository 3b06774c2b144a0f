using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.SharedStores.Tests.Support;
using StackExchange.Redis;

namespace PolicyLayer.SharedStores.Tests.Redis;

public sealed class UseRedisTests(RedisFixture fixture) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Hosts_share_the_server_by_a_text_or_a_connection_of_their_own()
    {
        var options = new RedisCounterStoreOptions { KeyPrefix = "hosts" };
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.AdminConfiguration);
        await SharedHosts.AssertShareAsync(
            builder => builder.UseRedis(fixture.Server.PatientConfiguration, options),
            builder => builder.UseRedis(_ => connection, options));
        Assert.True(connection.IsConnected, "the host's connection was disposed");
    }

    // Which questions need it, the driver decides: newer ones count INFO and CONFIG GET among them.
    [Fact]
    public async Task Connection_of_the_hosts_that_may_not_ask_how_the_server_keeps_is_told_what_to_change()
    {
        var options = new RedisCounterStoreOptions { KeyPrefix = "unasked" };
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.PatientConfiguration);
        using var store = new RedisCounterStore(connection, options);
        CounterStoreException e = await Assert.ThrowsAsync<CounterStoreException>(() => store.AdmitsAsync(Ask.Demand(Ask.Limit(5), "unasked")));
        Assert.Contains("`allowAdmin=true`", e.Message, StringComparison.Ordinal);

        using var accepting = new RedisCounterStore(connection, options with { AllowForgetfulServer = true });
        Assert.True(await accepting.AdmitsAsync(Ask.Demand(Ask.Limit(5), "unasked")));
    }

    [Fact]
    public void Configuration_is_checked_at_once_and_never_quoted()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddToolPolicies(static _ => { }).UseRedis("password=secret"));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }
}
