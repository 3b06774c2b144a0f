using PolicyLayer.Sdk.Redis.Server;

namespace PolicyLayer.SharedStores.Tests.Redis;

/// <summary>One server for all tests that do not kill it.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;

    internal RedisServer Server => _server!;

    internal Link Link() => new(ConfigurationText.Read(Server.PatientConfiguration));

    public async ValueTask InitializeAsync() => _server = await RedisServer.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
