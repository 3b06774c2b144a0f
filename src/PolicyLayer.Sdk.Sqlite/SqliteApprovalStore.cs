using PolicyLayer.Sdk.Sqlite.Storage;

namespace PolicyLayer.Sdk;

/// <summary>Keeps calls that wait for approval in a SQLite file. They outlive the process, and several processes of one machine share them. Safe for concurrent use.</summary>
/// <remarks>
/// What is answered is on the disk first, so neither a killed process nor a power cut lets a call run twice. The clock is the machine's: setting it forward ends approvals early, and setting it back
/// lengthens none by more than has passed since something was asked or answered. The file may be that of a <see cref="SqliteCounterStore"/>, belongs on a local disk, and holds the arguments of calls as they are.
/// </remarks>
public sealed class SqliteApprovalStore : IApprovalStore, IDisposable
{
    private readonly Clerk<ApprovalTransaction> _clerk;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; its folder must exist. Beside it SQLite keeps two more, with <c>-wal</c> and <c>-shm</c> behind the name.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="CounterStoreException">The file cannot be opened or written, or holds something else.</exception>
    public SqliteApprovalStore(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _clerk = new Clerk<ApprovalTransaction>(path, "approvals", file => new ApprovalTransaction(file, time ?? TimeProvider.System));
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return await _clerk.AskAsync(transaction => transaction.Ask(asked), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await _clerk.AskAsync(transaction => transaction.Answer(id, isApproved, by), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await _clerk.AskAsync(transaction => transaction.Find(id), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken) =>
        await _clerk.AskAsync(static transaction => transaction.List(), cancellationToken).ConfigureAwait(false);

    /// <summary>Waits for the last write, and closes the file. Whoever asks later is told that the store is closed.</summary>
    public void Dispose() => _clerk.Dispose();
}
