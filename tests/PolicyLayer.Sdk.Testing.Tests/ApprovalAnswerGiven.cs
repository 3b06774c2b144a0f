namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>What a person answers.</summary>
internal readonly record struct ApprovalAnswerGiven(string Id, bool IsApproved, string? By)
{
    public ValueTask<StoredApproval?> ToAsync(IApprovalStore store, CancellationToken cancellationToken) => store.AnswerAsync(Id, IsApproved, By, cancellationToken);
}
