namespace PolicyLayer.SharedStores.Tests.Support;

/// <summary>Asks one of two stores, and then the other, and so on.</summary>
internal sealed class InTurns(IApprovalStore one, IApprovalStore other) : IApprovalStore
{
    private int _asked;

    private IApprovalStore Next => Interlocked.Increment(ref _asked) % 2 == 0 ? one : other;

    public ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken) => Next.AskAsync(asked, cancellationToken);

    public ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken) =>
        Next.AnswerAsync(id, isApproved, by, cancellationToken);

    public ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken) => Next.FindAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken) => Next.ListAsync(cancellationToken);
}
