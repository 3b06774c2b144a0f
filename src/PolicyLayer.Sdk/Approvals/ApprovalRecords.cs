namespace PolicyLayer.Sdk.Approvals;

/// <summary>Asks the host's store of approvals and holds it to its time.</summary>
/// <param name="store">The store.</param>
/// <param name="wait">How long a call waits in it for an answer.</param>
/// <param name="timeout">How long the store may take to say what it has.</param>
/// <param name="time">The clock of these.</param>
internal sealed class ApprovalRecords(IApprovalStore store, TimeSpan wait, TimeSpan timeout, TimeProvider time)
{
    /// <summary>How often a call that waits looks whether somebody has answered.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly HeldCalls _held = new();

    /// <summary>Puts a call before people, or takes what became of it.</summary>
    /// <exception cref="CounterStoreException">The store does not answer, or answers about another call.</exception>
    public async ValueTask<StoredApproval> AskAsync(StoredApproval asked, CancellationToken cancellationToken)
    {
        StoredApproval stored = await InTimeAsync(token => store.AskAsync(asked, token), cancellationToken).ConfigureAwait(false);
        return string.Equals(stored.Fingerprint, asked.Fingerprint, StringComparison.Ordinal) ? stored : throw new CounterStoreException("the store of approvals answered about another call");
    }

    /// <summary>Answers for the host's handler, and takes what became of the call by that: another caller, or another answer, may have been first.</summary>
    /// <exception cref="CounterStoreException">The store does not answer.</exception>
    public async ValueTask<StoredApproval> AnswerAsync(StoredApproval asked, string id, bool isApproved, CancellationToken cancellationToken)
    {
        await InTimeAsync(token => store.AnswerAsync(id, isApproved, by: null, token), cancellationToken).ConfigureAwait(false);
        return await AskAsync(asked, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for an answer as long as the host wants calls to wait, and as the policies that ask are in force, and as nobody says that it is held no more; what is still pending then stays so. Where the same call comes again meanwhile, that one gets the answer, and this one is refused when it has.</summary>
    /// <exception cref="CounterStoreException">The store does not answer.</exception>
    public async ValueTask<StoredApproval> WaitAsync(StoredApproval asked, StoredApproval pending, Func<bool> isInForce, CancellationToken heldUntil, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, heldUntil);
        using HeldCall held = _held.Enter(asked.Fingerprint);
        while (pending.Status == ApprovalStatus.Pending && IsHeld() && wait - time.GetElapsedTime(started) is { Ticks: > 0 } left)
        {
            await Task.Delay(left < Pause ? left : Pause, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (IsHeld() && !held.IsDisplaced)
            {
                pending = await AskAsync(asked, cancellationToken).ConfigureAwait(false);
            }
        }

        return pending;

        bool IsHeld() => isInForce() && !heldUntil.IsCancellationRequested && held.IsOfUse;
    }

    private async ValueTask<T> InTimeAsync<T>(Func<CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await ask(either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not CounterStoreException && !cancellationToken.IsCancellationRequested)
        {
            throw new CounterStoreException(late.IsCancellationRequested ? "the store of approvals did not answer in time" : "the store of approvals failed", e);
        }
    }
}
