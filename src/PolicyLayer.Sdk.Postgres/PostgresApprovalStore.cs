using Npgsql;
using NpgsqlTypes;
using PolicyLayer.Sdk.Approvals;
using PolicyLayer.Sdk.Counting.Shared;
using PolicyLayer.Sdk.Postgres.Server;

namespace PolicyLayer.Sdk;

/// <summary>Keeps calls that wait for a person's approval in PostgreSQL, for any number of hosts: one asks, a person answers through another. Safe for concurrent use.</summary>
/// <remarks>
/// Each question is one statement: one round trip, one transaction, which is no part of the host's own. Nothing is asked twice, so an approval whose answer got lost is used up. The server's clock rules.
/// What is answered is committed before; a server that is set to forget that when it fails (<c>fsync</c> or <c>synchronous_commit</c> off) is refused. At most 1,000 are kept, whichever host asked.
/// Table and functions live in the schema <c>policylayer</c>, made when the store is first used and they are missing, see <see cref="PostgresCounterStore.Script"/>. The table holds the arguments of calls as people read them.
/// </remarks>
public sealed class PostgresApprovalStore : IApprovalStore, IAsyncDisposable, IDisposable
{
    private readonly Database _database;
    private readonly TimeProvider? _serverClock;

    /// <summary>Keeps them in the database of a data source, which stays the caller's to dispose.</summary>
    /// <param name="source">The data source; its connections must use the isolation level that is the server's default, read committed.</param>
    public PostgresApprovalStore(NpgsqlDataSource source)
        : this(source, ownsSource: false, serverClock: null)
    {
    }

    /// <summary>Keeps them in the database that a connection string names.</summary>
    /// <param name="connectionString">Npgsql's connection string. Nothing is opened before it is needed.</param>
    /// <exception cref="ArgumentException">It is none; the text is not quoted, for it may hold a password.</exception>
    public PostgresApprovalStore(string connectionString)
        : this(NpgsqlDataSource.Create(ConnectionText.Read(connectionString)), ownsSource: true, serverClock: null)
    {
    }

    /// <summary>Tests set the server's clock.</summary>
    internal PostgresApprovalStore(NpgsqlDataSource source, bool ownsSource, TimeProvider? serverClock)
    {
        ArgumentNullException.ThrowIfNull(source);
        (_database, _serverClock) = (new Database(source, ownsSource), serverClock);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return await _database.AskAsync(
            $"SELECT {ApprovalRow.Columns} FROM policylayer.ask_approval($1, $2, $3, $4, $5, $6, $7, $8)",
            parameters =>
            {
                Parameters.Add(parameters, asked.Id, NpgsqlDbType.Text);
                Parameters.Add(parameters, asked.Fingerprint, NpgsqlDbType.Text);
                Parameters.Add(parameters, ServerText.Of(asked.Grant), NpgsqlDbType.Text);
                Parameters.Add(parameters, Micros.Of(asked.Lifetime), NpgsqlDbType.Bigint);
                Parameters.Add(parameters, ApprovalDetails.Write(asked), NpgsqlDbType.Text);
                Parameters.Add(parameters, (long)ApprovalBounds.MostKept, NpgsqlDbType.Bigint);
                Parameters.Add(parameters, (long)ApprovalBounds.MostWaiting, NpgsqlDbType.Bigint);
                Parameters.AddClock(parameters, _serverClock);
            },
            ApprovalRow.ReadAsync,
            cancellationToken).ConfigureAwait(false) ?? throw ApprovalBounds.Full();
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return !ServerText.IsWhole(id) ? null : await _database.AskAsync(
            $"SELECT {ApprovalRow.Columns} FROM policylayer.answer_approval($1, $2, $3, $4)",
            parameters =>
            {
                Parameters.Add(parameters, id, NpgsqlDbType.Text);
                Parameters.Add(parameters, isApproved, NpgsqlDbType.Boolean);
                Parameters.Add(parameters, by is null ? null : ServerText.Of(by), NpgsqlDbType.Text);
                Parameters.AddClock(parameters, _serverClock);
            },
            ApprovalRow.ReadAsync,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return ServerText.IsWhole(id) ? await FindAsync(id, ApprovalRow.ReadAsync, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken) => new(FindAsync(id: null, ApprovalRow.ReadAllAsync, cancellationToken));

    /// <summary>Ends the data source where it is the store's own.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => _database.Dispose();

    private Task<T> FindAsync<T>(string? id, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken) => _database.AskAsync(
        $"SELECT {ApprovalRow.Columns} FROM policylayer.find_approvals($1, $2)",
        parameters =>
        {
            Parameters.Add(parameters, id, NpgsqlDbType.Text);
            Parameters.AddClock(parameters, _serverClock);
        },
        read,
        cancellationToken);
}
