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
        using ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(fixture.Server.PatientConfiguration);
        await SharedHosts.AssertShareAsync(
            builder => builder.UseRedis(fixture.Server.PatientConfiguration, options),
            builder => builder.UseRedis(_ => connection, options));
        Assert.True(connection.IsConnected, "the host's connection was disposed");
    }

    [Fact]
    public void Configuration_is_checked_at_once_and_never_quoted()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddToolPolicies(static _ => { }).UseRedis("password=secret"));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }
}
