namespace PolicyLayer.Sdk.Tests.Support;

/// <summary>A store of approvals that answers as a test says, whatever it is asked.</summary>
internal sealed class FailingApprovals(Func<CancellationToken, Task<StoredApproval>> answer) : IApprovalStore
{
    public async ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken) => await answer(cancellationToken);

    public async ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken) => await answer(cancellationToken);

    public async ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken) => await answer(cancellationToken);

    public async ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken) => [await answer(cancellationToken)];
}
