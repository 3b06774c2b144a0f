using Microsoft.Extensions.DependencyInjection;
using PolicyLayer.Sdk.Auditing;

namespace PolicyLayer.Sdk.Approvals;

/// <summary>A host's store of approvals: who answers through it is in the audit, whether or not the call ever comes again.</summary>
internal sealed class RecordedApprovalStore(IApprovalStore store, AuditDispatcher audit, TimeProvider time, bool isOwned) : IApprovalStore, IAsyncDisposable, IDisposable
{
    /// <summary>The store that a host has named last, with the host's audit.</summary>
    public static RecordedApprovalStore Of(IServiceProvider provider)
    {
        ApprovalStoreSource source = provider.GetRequiredService<ApprovalStoreSource>();
        return new RecordedApprovalStore(source.Open(provider), provider.GetRequiredService<AuditDispatcher>(), provider.GetRequiredService<TimeProvider>(), source.IsOwned);
    }

    public ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken) => store.AskAsync(asked, cancellationToken);

    /// <summary>Answers, and records an answer that counts. Where no record means no call, an approval that could not be recorded is taken back.</summary>
    public async ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken)
    {
        StoredApproval? answered = await store.AnswerAsync(id, isApproved, by, cancellationToken).ConfigureAwait(false);
        bool counts = answered?.Status == (isApproved ? ApprovalStatus.Approved : ApprovalStatus.Denied) && string.Equals(answered.AnsweredBy, by, StringComparison.Ordinal);
        if (audit.IsEmpty || !counts)
        {
            return answered;
        }

        IReadOnlyCollection<IAuditSink>? lost = null;
        try
        {
            lost = await audit.WriteAsync(AuditRecord.OfAnswer(answered!, time.GetUtcNow()), [], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (isApproved && !audit.MayGoOn(lost))
            {
                await store.AnswerAsync(id, isApproved: false, by, CancellationToken.None).ConfigureAwait(false);
            }
        }

        return audit.MayGoOn(lost) ? answered
            : throw new CounterStoreException(isApproved ? "the approval could not be recorded, so it was taken back" : "the denial counts, and could not be recorded");
    }

    public ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (isOwned && store is IAsyncDisposable disposable)
        {
            return disposable.DisposeAsync();
        }

        Dispose();
        return default;
    }

    public void Dispose()
    {
        if (!isOwned)
        {
            return;
        }

        if (store is IDisposable disposable)
        {
            disposable.Dispose();
        }
        else if (store is IAsyncDisposable waiting)
        {
            ContextFree.Wait(waiting.DisposeAsync);
        }
    }
}
