using PolicyLayer.Sdk.Approvals;

namespace PolicyLayer.Sdk.Testing.Tests;

/// <summary>A sound store of approvals, of which a test breaks one thing.</summary>
internal sealed class BrokenApprovalStore(TimeProvider time) : IApprovalStore
{
    private readonly MemoryApprovalStore _sound = new(time);

    public Func<IApprovalStore, StoredApproval, CancellationToken, ValueTask<StoredApproval>> Asks { get; init; } = static (sound, asked, token) => sound.AskAsync(asked, token);

    public Func<IApprovalStore, ApprovalAnswerGiven, CancellationToken, ValueTask<StoredApproval?>> Answers { get; init; } = static (sound, given, token) => given.ToAsync(sound, token);

    public Func<IApprovalStore, string, CancellationToken, ValueTask<StoredApproval?>> Finds { get; init; } = static (sound, id, token) => sound.FindAsync(id, token);

    /// <summary>What is listed in the place of what should be.</summary>
    public Func<IEnumerable<StoredApproval>, IEnumerable<StoredApproval>> Lists { get; init; } = static all => all;

    public ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken) => Asks(_sound, asked, cancellationToken);

    public ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken) =>
        Answers(_sound, new ApprovalAnswerGiven(id, isApproved, by), cancellationToken);

    public ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken) => Finds(_sound, id, cancellationToken);

    public async ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken) => [.. Lists(await _sound.ListAsync(cancellationToken))];
}
