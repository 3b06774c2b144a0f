using System.Transactions;
using Npgsql;

namespace PolicyLayer.Sdk.Postgres.Server;

/// <summary>A database that has our functions, and how it is asked.</summary>
internal sealed class Database(NpgsqlDataSource source, bool ownsSource) : IAsyncDisposable, IDisposable
{
    private readonly Installation _installation = new(source);

    /// <summary>Asks once, in one round trip and a transaction of its own.</summary>
    /// <exception cref="CounterStoreException">The server does not answer, or refuses.</exception>
    public Task<T> AskAsync<T>(string sql, Action<NpgsqlParameterCollection> fill, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (Transaction.Current is null)
        {
            return AskHereAsync(sql, fill, read, cancellationToken);
        }

        // Were it part of the host's transaction, that could take back what was admitted.
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            return Task.Run(() => AskHereAsync(sql, fill, read, cancellationToken), CancellationToken.None);
        }
    }

    /// <summary>Asks for nothing but that it is done.</summary>
    /// <exception cref="CounterStoreException">The server does not answer, or refuses.</exception>
    public Task TellAsync(string sql, Action<NpgsqlParameterCollection> fill, CancellationToken cancellationToken) =>
        AskAsync(sql, fill, static (_, _) => Task.FromResult(true), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _installation.Dispose();
        if (ownsSource)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _installation.Dispose();
        if (ownsSource)
        {
            source.Dispose();
        }
    }

    private async Task<T> AskHereAsync<T>(string sql, Action<NpgsqlParameterCollection> fill, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _installation.EnsureAsync(cancellationToken).ConfigureAwait(false);
            using NpgsqlCommand command = source.CreateCommand(sql);
            fill(command.Parameters);
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                T answer = await read(reader, cancellationToken).ConfigureAwait(false);

                // That it is committed, the server says after its answer.
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                return answer;
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or ObjectDisposedException or IOException)
        {
            throw new CounterStoreException("PostgreSQL " + Failure.Of(e), e);
        }
    }
}
