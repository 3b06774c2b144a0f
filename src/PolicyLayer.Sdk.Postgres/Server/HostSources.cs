using Npgsql;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>A host's data sources, one for each connection string, so that its stores in one database share connections. They end with the host.</summary>
internal sealed class HostSources : IAsyncDisposable, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, NpgsqlDataSource> _sources = new(StringComparer.Ordinal);

    public NpgsqlDataSource Of(string connectionString)
    {
        lock (_lock)
        {
            if (!_sources.TryGetValue(connectionString, out NpgsqlDataSource? source))
            {
                _sources[connectionString] = source = NpgsqlDataSource.Create(ConnectionText.Read(connectionString));
            }

            return source;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NpgsqlDataSource source in _sources.Values)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (NpgsqlDataSource source in _sources.Values)
        {
            source.Dispose();
        }
    }
}
