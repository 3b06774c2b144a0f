using PolicyLayer.Sdk.Approvals;

namespace PolicyLayer.Sdk.Sqlite.Storage;

/// <summary>Some questions about calls that wait for approval, answered one after the other and written together.</summary>
/// <param name="file">The file, which is being written.</param>
/// <param name="time">The clock of the day: what processes of one machine have in common.</param>
internal sealed class ApprovalTransaction(StateFile file, TimeProvider time) : ITransaction
{
    public StoredApproval Ask(StoredApproval asked)
    {
        DateTimeOffset now = NowWithoutExpired();
        if (file.Approvals.Open(asked.Fingerprint) is { } found)
        {
            if (found.Status == ApprovalStatus.Approved)
            {
                file.Approvals.Change(found with { Status = ApprovalStatus.Used });
            }

            return found;
        }

        if (file.Approvals.Count >= ApprovalBounds.MostKept || file.Approvals.Waiting(asked.Grant) >= ApprovalBounds.MostWaiting)
        {
            throw ApprovalBounds.Full();
        }

        if (file.Approvals.Find(asked.Id) is not null)
        {
            throw ApprovalBounds.Taken(asked.Id);
        }

        asked = asked with { Status = ApprovalStatus.Pending, AskedAt = now, ExpiresAt = End(now, asked.Lifetime), AnsweredAt = null, AnsweredBy = null };
        file.Approvals.Add(asked);
        return asked;
    }

    public StoredApproval? Answer(string id, bool isApproved, string? by)
    {
        DateTimeOffset now = NowWithoutExpired();
        StoredApproval? found = file.Approvals.Find(id);
        StoredApproval? answered = (found?.Status, isApproved) switch
        {
            (ApprovalStatus.Pending, true) => found with { Status = ApprovalStatus.Approved, AnsweredAt = now, AnsweredBy = by, ExpiresAt = End(now, found.Lifetime) },
            (ApprovalStatus.Pending or ApprovalStatus.Approved, false) => found with { Status = ApprovalStatus.Denied, AnsweredAt = now, AnsweredBy = by },
            _ => null,
        };
        if (answered is null)
        {
            return found;
        }

        file.Approvals.Change(answered);
        return answered;
    }

    public StoredApproval? Find(string id)
    {
        DateTimeOffset now = Now();
        return file.Approvals.Find(id) is { } found && found.ExpiresAt > now ? found : null;
    }

    public IReadOnlyList<StoredApproval> List() => file.Approvals.List(Now().UtcTicks);

    /// <inheritdoc/>
    public void Save()
    {
        // Each answer has written what it changed.
    }

    private static DateTimeOffset End(DateTimeOffset now, TimeSpan lifetime) =>
        lifetime < DateTimeOffset.MaxValue - now ? now + lifetime : DateTimeOffset.MaxValue;

    private DateTimeOffset NowWithoutExpired()
    {
        DateTimeOffset now = Now();
        file.Approvals.Sweep(now.UtcTicks);
        return now;
    }

    /// <summary>The time of day. When it is before something that has happened, the clock was set back: then all that is kept goes back with it, and does not live on until the old time comes again.</summary>
    private DateTimeOffset Now()
    {
        DateTimeOffset now = time.GetUtcNow();
        long ahead = file.Approvals.Latest - now.UtcTicks;
        if (ahead > 0)
        {
            file.Approvals.TurnBack(ahead);
        }

        return now;
    }
}
