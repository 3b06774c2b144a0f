using Npgsql;

namespace PolicyLayer.SharedStores.Tests.Postgres;

/// <summary>One server for all tests that do not kill it.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    internal PostgresServer Server => _server!;

    internal NpgsqlDataSource Source { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.CreateAsync();
        Source = NpgsqlDataSource.Create(Server.ConnectionString + ";Max Auto Prepare=8;Auto Prepare Min Usages=2");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await Source.DisposeAsync();
            await _server.DisposeAsync();
        }
    }
}
