using PolicyLayer.Sdk.Counting;

namespace PolicyLayer.Sdk.Approvals;

/// <summary>Approvals in memory: they end with the process. They expire by the clock that nobody can set.</summary>
internal sealed class MemoryApprovalStore(TimeProvider time) : IApprovalStore
{
    private readonly Lock _lock = new();

    /// <summary>By the order in which they were asked.</summary>
    private readonly List<Kept> _kept = [];

    public ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Forget();
            int index = _kept.FindIndex(kept => kept.Approval.Fingerprint == asked.Fingerprint && kept.Approval.Status != ApprovalStatus.Used);
            if (index >= 0)
            {
                (StoredApproval found, long end) = _kept[index];
                if (found.Status == ApprovalStatus.Approved)
                {
                    _kept[index] = new Kept(found with { Status = ApprovalStatus.Used }, end);
                }

                return new(found);
            }

            if (IndexOf(asked.Id) >= 0)
            {
                throw ApprovalBounds.Taken(asked.Id);
            }

            if (_kept.Count >= ApprovalBounds.MostKept || _kept.Count(kept => kept.Approval.Grant == asked.Grant && kept.Approval.Status == ApprovalStatus.Pending) >= ApprovalBounds.MostWaiting)
            {
                throw ApprovalBounds.Full();
            }

            DateTimeOffset now = time.GetUtcNow();
            return new(Keep(asked with { Status = ApprovalStatus.Pending, AskedAt = now, AnsweredAt = null, AnsweredBy = null }, now));
        }
    }

    public ValueTask<StoredApproval?> AnswerAsync(string id, bool isApproved, string? by, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Forget();
            int index = IndexOf(id);
            if (index < 0)
            {
                return default;
            }

            (StoredApproval found, long end) = _kept[index];
            DateTimeOffset now = time.GetUtcNow();
            switch (found.Status, isApproved)
            {
                case (ApprovalStatus.Pending, true):
                    _kept.RemoveAt(index);
                    return new(Keep(found with { Status = ApprovalStatus.Approved, AnsweredAt = now, AnsweredBy = by }, now));
                case (ApprovalStatus.Pending or ApprovalStatus.Approved, false):
                    found = found with { Status = ApprovalStatus.Denied, AnsweredAt = now, AnsweredBy = by };
                    _kept[index] = new Kept(found, end);
                    return new(found);
                default:
                    return new(found);
            }
        }
    }

    public ValueTask<StoredApproval?> FindAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Forget();
            return new(IndexOf(id) is >= 0 and int index ? _kept[index].Approval : null);
        }
    }

    public ValueTask<IReadOnlyList<StoredApproval>> ListAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            Forget();
            return new([.. _kept.Select(static kept => kept.Approval).OrderBy(static approval => approval.AskedAt)]);
        }
    }

    private int IndexOf(string id) => _kept.FindIndex(kept => kept.Approval.Id == id);

    /// <summary>Keeps one until its lifetime has passed from now.</summary>
    private StoredApproval Keep(StoredApproval approval, DateTimeOffset now)
    {
        approval = approval with { ExpiresAt = now + approval.Lifetime };
        _kept.Add(new Kept(approval, time.GetTimestamp() + MonotonicSpan.ToTicks(approval.Lifetime, time.TimestampFrequency)));
        return approval;
    }

    private void Forget()
    {
        long now = time.GetTimestamp();
        _kept.RemoveAll(kept => kept.End <= now);
    }

    /// <param name="Approval">What is kept.</param>
    /// <param name="End">From when on not, by the monotonic clock.</param>
    private readonly record struct Kept(StoredApproval Approval, long End);
}
