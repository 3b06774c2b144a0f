using Npgsql;
using PolicyLayer.Sdk.Counting.Shared;

namespace PolicyLayer.SharedStores.Tests.Postgres;

/// <summary>Each test has a database of its own, in one server.</summary>
public abstract class PostgresTests(PostgresFixture fixture) : IAsyncLifetime
{
    private readonly string _database = "test" + Guid.NewGuid().ToString("N");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string ConnectionString => fixture.Server.ConnectionString.Replace("Database=postgres", "Database=" + _database, StringComparison.Ordinal);

    public async ValueTask InitializeAsync() => await RunAsync(fixture.Source, $"CREATE DATABASE {_database}");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    protected static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        await RunAsync(connection, sql);
    }

    protected static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    protected static async Task UntilAsync(NpgsqlConnection connection, string question)
    {
        while (!await HoldsAsync(connection, question))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }
    }

    protected static async Task<bool> HoldsAsync(NpgsqlConnection connection, string question)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync(Token) is true;
    }

    /// <summary>Locks a counter, as another host does for a moment, until the connection is closed.</summary>
    protected async Task<NpgsqlConnection> HoldAsync(CounterDemand demand)
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended($1, 7239017))", connection) { Parameters = { new() { Value = SharedKey.Of(demand) } } };
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }
}
