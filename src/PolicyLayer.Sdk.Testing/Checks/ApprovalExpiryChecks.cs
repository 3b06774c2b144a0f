namespace PolicyLayer.Sdk.Testing.Checks;

/// <summary>What time does to approvals.</summary>
internal static class ApprovalExpiryChecks
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    public static async Task WhatHasExpiredIsGoneAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval pending = AskedCalls.New();
        StoredApproval denied = AskedCalls.New();
        await subject.Store.AskAsync(pending, cancellationToken).ConfigureAwait(false);
        await subject.Store.AskAsync(denied, cancellationToken).ConfigureAwait(false);
        await subject.Store.AnswerAsync(denied.Id, isApproved: false, null, cancellationToken).ConfigureAwait(false);
        subject.Advance!(AskedCalls.Lifetime - Moment);
        Expect.Equal(ApprovalStatus.Pending, (await subject.Store.FindAsync(pending.Id, cancellationToken).ConfigureAwait(false))?.Status, "what waits, a moment before it expires");
        Expect.Equal(ApprovalStatus.Denied, (await subject.Store.AskAsync(denied.Again(), cancellationToken).ConfigureAwait(false)).Status, "what is denied, a moment before it expires");
        subject.Advance(Moment);
        foreach (StoredApproval expired in new[] { pending, denied })
        {
            Expect.That(await subject.Store.FindAsync(expired.Id, cancellationToken).ConfigureAwait(false) is null, "what has expired must not be found");
            Expect.That(await subject.Store.AnswerAsync(expired.Id, isApproved: true, null, cancellationToken).ConfigureAwait(false) is null, "what has expired must not be answered");
            Expect.That((await subject.Store.ListAsync(cancellationToken).ConfigureAwait(false)).All(listed => listed.Id != expired.Id), "what has expired must not be listed");
            StoredApproval next = expired.Again();
            StoredApproval anew = await subject.Store.AskAsync(next, cancellationToken).ConfigureAwait(false);
            Expect.Equal((ApprovalStatus.Pending, next.Id), (anew.Status, anew.Id), "the call, once it has expired");
        }
    }

    public static async Task ApprovalHasItsLifetimeOnceMoreAsync(ApprovalStoreSubject subject, CancellationToken cancellationToken)
    {
        StoredApproval used = AskedCalls.New();
        StoredApproval late = AskedCalls.New();
        foreach (StoredApproval asked in new[] { used, late })
        {
            await subject.Store.AskAsync(asked, cancellationToken).ConfigureAwait(false);
        }

        subject.Advance!(AskedCalls.Lifetime - Moment);
        foreach (StoredApproval asked in new[] { used, late })
        {
            StoredApproval? answered = await subject.Store.AnswerAsync(asked.Id, isApproved: true, null, cancellationToken).ConfigureAwait(false);
            Expect.Equal(asked.Lifetime, answered?.ExpiresAt - answered?.AnsweredAt, "how long an approval can be used");
        }

        subject.Advance(AskedCalls.Lifetime - Moment);
        Expect.Equal(ApprovalStatus.Approved, (await subject.Store.AskAsync(used.Again(), cancellationToken).ConfigureAwait(false)).Status, "an approval, a moment before it expires");
        subject.Advance(Moment);
        StoredApproval next = late.Again();
        StoredApproval anew = await subject.Store.AskAsync(next, cancellationToken).ConfigureAwait(false);
        Expect.Equal((ApprovalStatus.Pending, next.Id), (anew.Status, anew.Id), "a call whose approval has expired");
    }
}
